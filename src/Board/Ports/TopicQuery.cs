namespace IoTGateway.Board.Ports;

/// <summary>Which rows of the queues are wanted. There may be 100,000 topics: never all of them.</summary>
public sealed record TopicQuery
{
    /// <summary>Only topics that contain this; empty: any.</summary>
    public string Contains { get; init; } = "";

    /// <summary>Only this consumer; null: any.</summary>
    public string? Consumer { get; init; }

    /// <summary>Only rows in which something waits or is parked.</summary>
    public bool WaitingOnly { get; init; }

    /// <summary>How many rows to leave out, the deepest first.</summary>
    public int Offset { get; init; }

    /// <summary>How many rows at most; 1 to 500.</summary>
    public int AtMost { get; init; } = 100;
}
