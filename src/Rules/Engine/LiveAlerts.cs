using System.Numerics;

namespace IoTGateway.Rules.Engine;

/// <summary>The alerts of one patient that are not idle. An idle one costs a bit.</summary>
internal struct LiveAlerts(int rules)
{
    private ulong[] _live = new ulong[Words(rules)];
    private AlertCell[] _cells = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them, by its place.</summary>
    public readonly ref AlertCell this[int place] => ref _cells[place];

    /// <summary>All of them, in no order that means anything.</summary>
    public readonly Span<AlertCell> Cells => _cells.AsSpan(0, Count);

    /// <summary>The place of a rule's alert; -1 if it is idle.</summary>
    public readonly int Find(int rule)
    {
        if ((_live[rule >> 6] & (1UL << rule)) != 0)
        {
            for (var place = 0; place < Count; place++)
            {
                if (_cells[place].Rule == rule)
                {
                    return place;
                }
            }
        }

        return -1;
    }

    /// <summary>The next rule, in the order of the files, whose alert is not idle; -1: there is none.</summary>
    public readonly int Next(int fromRule)
    {
        for (var word = fromRule >> 6; word < _live.Length; word++)
        {
            var bits = _live[word] & (word == fromRule >> 6 ? ulong.MaxValue << fromRule : ulong.MaxValue);
            if (bits != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    /// <summary>Takes one in that left idle. Returns its place.</summary>
    public int Add(in AlertCell cell)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(2, Count * 2));
        }

        _live[cell.Rule >> 6] |= 1UL << cell.Rule;
        _cells[Count] = cell;
        return Count++;
    }

    /// <summary>Takes all of them out, for other rules. What room there is stays: a new one for every patient would keep the collector busy.</summary>
    /// <param name="taken">Receives them; as long as there may be alerts.</param>
    /// <param name="rules">How many rules there are from now on.</param>
    /// <returns>How many there were.</returns>
    public int TakeOut(Span<AlertCell> taken, int rules)
    {
        var count = Count;
        Cells.CopyTo(taken);
        Count = 0;
        Array.Clear(_live);
        _live = _live.Length == Words(rules) ? _live : new ulong[Words(rules)];
        return count;
    }

    /// <summary>One has become idle; another may take its place.</summary>
    public void Remove(int place)
    {
        var rule = _cells[place].Rule;
        _live[rule >> 6] &= ~(1UL << rule);
        Count--;
        _cells[place] = _cells[Count];
    }

    private static int Words(int rules) => (rules + 63) / 64;
}
