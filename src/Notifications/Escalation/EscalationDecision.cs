using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications.Escalation;

/// <summary>What was decided at one moment, and has to become durable together.</summary>
internal sealed class EscalationDecision
{
    /// <summary>The steps, in order.</summary>
    public List<EscalationStep> Steps { get; } = [];

    /// <summary>The pages, in the order in which they are sent.</summary>
    public List<Page> Pages { get; } = [];

    public bool IsEmpty => Steps.Count == 0 && Pages.Count == 0;
}
