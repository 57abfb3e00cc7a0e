namespace IoTGateway.Storage.BuiltIn;

/// <summary>
/// Puts the rows of a batch in the order in which the files like them: by day, then by device and time as in the key, so that neighbours
/// are written together; rows of the same key in log order, so that the later wins.
/// </summary>
internal sealed class RowOrder
{
    private int[] _indexes = [];
    private StoreDay[] _days = [];

    /// <summary>Sorts a batch and goes through its days.</summary>
    public Group Begin(RowBatch rows)
    {
        var count = rows.Count;
        if (_indexes.Length < count)
        {
            _indexes = new int[count];
            _days = new StoreDay[count];
        }

        for (var index = 0; index < count; index++)
        {
            _indexes[index] = index;
            _days[index] = StoreDay.Of(rows.Rows[index].Time);
        }

        _indexes.AsSpan(0, count).Sort((left, right) => Compare(rows, left, right));
        return new Group(_indexes, _days, count);
    }

    private int Compare(RowBatch rows, int left, int right)
    {
        var order = _days[left].CompareTo(_days[right]);
        if (order != 0)
        {
            return order;
        }

        ref readonly var a = ref rows.Rows[left];
        ref readonly var b = ref rows.Rows[right];
        order = string.CompareOrdinal(a.Device, b.Device);
        if (order == 0)
        {
            order = a.Time.CompareTo(b.Time);
        }

        return order != 0 ? order : left.CompareTo(right);
    }

    /// <summary>The rows of one day.</summary>
    internal ref struct Group(int[] indexes, StoreDay[] days, int count)
    {
        private int _start;
        private int _end;

        /// <summary>The day.</summary>
        public readonly StoreDay Day => days[indexes[_start]];

        /// <summary>The places of its rows in the batch.</summary>
        public readonly ReadOnlySpan<int> Rows => indexes.AsSpan(_start, _end - _start);

        /// <summary>Goes to the next day.</summary>
        public bool MoveNext()
        {
            _start = _end;
            while (_end < count && days[indexes[_end]] == days[indexes[_start]])
            {
                _end++;
            }

            return _end > _start;
        }
    }
}
