namespace IoTGateway.Configuration;

/// <summary>The archive of alerts, people's acts and who was where.</summary>
internal sealed class ArchiveSettings
{
    /// <summary>Whether it is on. Default: yes. The timelines, the hand-over and the alarm load come from it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long is kept what is over. Days, 1 to 3,650; default 400.</summary>
    public int RetentionDays { get; init; } = 400;
}
