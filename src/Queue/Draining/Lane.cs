namespace IoTGateway.Queue.Draining;

/// <summary>The records of some of the topics, in order: one batch is filled while the one before it is delivered. Guarded by the runner's gate.</summary>
internal sealed class Lane(int number)
{
    public int Number { get; } = number;

    /// <summary>Being filled by the reader.</summary>
    public RecordBatch Filling { get; set; } = new();

    /// <summary>Full, and waiting for the lane.</summary>
    public RecordBatch? Waiting { get; set; }

    /// <summary>Being delivered.</summary>
    public RecordBatch? Delivering { get; set; }

    /// <summary>An empty batch to be filled next.</summary>
    public RecordBatch? Spare { get; set; }

    /// <summary>The last full batch ended within a frame: what is behind it, if only the cursor, has to follow.</summary>
    public bool EndsWithinFrame { get; set; }

    public bool IsIdle => Waiting is null && Delivering is null && Filling.Count == 0;

    /// <summary>The oldest place that is not dealt with; null if everything is.</summary>
    public LogPosition? OldestOpen => (Delivering ?? Waiting ?? (Filling.Count > 0 ? Filling : null))?.From;
}
