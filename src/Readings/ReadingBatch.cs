namespace IoTGateway.Readings;

/// <summary>The readings of one payload, in a buffer that is used again for the next payload.</summary>
public sealed class ReadingBatch
{
    private readonly List<Reading> _readings = [];

    /// <summary>How many readings the payload held.</summary>
    public int Count { get; private set; }

    /// <summary>How many members of the payload nobody knows; they are ignored and counted.</summary>
    public int UnknownMembers { get; set; }

    /// <summary>How many members said once more, and otherwise, what another member of the same reading had said; the later one was taken, as questionable.</summary>
    public int ContradictingMembers { get; set; }

    /// <summary>How many values of known signals could not be understood; they stand in their reading as <see cref="Quality.NoValue"/>.</summary>
    public int UnreadableValues { get; set; }

    /// <summary>How many readings of the payload were refused while others could be used; the payload deserves a dead letter all the same.</summary>
    public int RejectedReadings { get; private set; }

    /// <summary>Why the first of the <see cref="RejectedReadings"/> was refused; null where none was. Holds no patient data.</summary>
    public string? FirstRejection { get; private set; }

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

    /// <summary>Takes back the last reading, when it turned out to hold nothing. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public void RemoveLast()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("The batch holds no reading that could be taken back.");
        }

        Count--;
    }

    /// <summary>Notes that a reading of the payload was refused, and why; of several the first reason is kept.</summary>
    internal void Reject(string reason)
    {
        RejectedReadings++;
        FirstRejection ??= reason;
    }

    /// <summary>Empties the batch.</summary>
    public void Clear()
    {
        Count = 0;
        UnknownMembers = 0;
        ContradictingMembers = 0;
        UnreadableValues = 0;
        RejectedReadings = 0;
        FirstRejection = null;
    }
}
