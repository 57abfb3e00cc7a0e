namespace IoTGateway.Notifications;

/// <summary>Who has been told of the alerts that stand, and who is next. Safe from any thread.</summary>
public interface IEscalations
{
    /// <summary>Grows with every change.</summary>
    long Version { get; }

    /// <summary>All alerts that call for somebody or did, as long as they stand.</summary>
    IReadOnlyList<EscalationStatus> Standing();

    /// <summary>What is wrong with the roster and the notification rules, in sentences: files with errors, hours in which nobody is there for high alerts.</summary>
    IReadOnlyList<string> Troubles { get; }

    /// <summary>The channels and how they are doing.</summary>
    IReadOnlyList<ChannelStatus> Channels { get; }
}
