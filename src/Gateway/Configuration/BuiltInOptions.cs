namespace IoTGateway.Configuration;

/// <summary>The store that needs no server.</summary>
internal sealed class BuiltInOptions
{
    /// <summary>Whether it is on. Default: yes. The board's curves come from it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long days are kept. Days, 1 to 3,650; default 7.</summary>
    public int RetentionDays { get; init; } = 7;
}
