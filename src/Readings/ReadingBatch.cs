namespace IoTGateway.Readings;

/// <summary>The readings of one payload, in a buffer that is used again for the next payload.</summary>
public sealed class ReadingBatch
{
    private readonly List<Reading> _readings = [];

    /// <summary>How many readings the payload held.</summary>
    public int Count { get; private set; }

    /// <summary>How many members of the payload nobody knows; they are ignored and counted.</summary>
    public int UnknownMembers { get; set; }

    /// <summary>A reading of the last payload; valid until the batch is cleared.</summary>
    public Reading this[int index] =>
        (uint)index < (uint)Count ? _readings[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Adds an empty reading and returns it to be filled.</summary>
    public Reading Add()
    {
        if (Count == _readings.Count)
        {
            _readings.Add(new Reading());
        }

        var reading = _readings[Count++];
        reading.Clear();
        return reading;
    }

    /// <summary>Takes back the last reading, when it turned out to hold nothing.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Empties the batch.</summary>
    public void Clear()
    {
        Count = 0;
        UnknownMembers = 0;
    }
}
