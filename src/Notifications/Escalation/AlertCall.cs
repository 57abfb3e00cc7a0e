using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <summary>One episode of an alert, as far as people are told of it. Owned by the ledger.</summary>
internal sealed class AlertCall(string episode)
{
    public string Episode { get; } = episode;

    /// <summary>The newest event; null where only its pages are known, which is after its end.</summary>
    public AlertEvent? Last { get; set; }

    /// <summary>Whether it is over.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The event with which it began to call; 0 while it does not.</summary>
    public long Call { get; set; }

    /// <summary>When that was.</summary>
    public Instant CallAt { get; set; }

    /// <summary>The newest event of which people are to be told as of a raise: that one, or a rise in priority since.</summary>
    public long Raise { get; set; }

    /// <summary>When that was.</summary>
    public Instant RaiseAt { get; set; }

    /// <summary>How far it has come; null while nobody was told.</summary>
    public EscalationStep? Step { get; set; }

    /// <summary>The pages that tell of it, oldest first.</summary>
    public List<PageFact> Pages { get; } = [];

    /// <summary>Whether it calls for somebody; a silence holds its pages back, but not its beginning.</summary>
    public static bool MayCall(AlertStatus status) =>
        status.State is AlertState.Active or AlertState.Clearing or AlertState.Latched
        && !status.Shadow && status.Acknowledgement is null && !status.Suppressed && status.Hold == PatientHold.None;

    /// <summary>Whether people are to be told now.</summary>
    public bool Calls => Call > 0 && !HasEnded && Last is { Status.Silence: null };

    /// <summary>Whether its beginning, or a rise in priority, has still to be told.</summary>
    public bool HasToBegin => Calls && (Step is null || Step.Call != Call || Step.Raise < Raise);

    /// <summary>Whether its end has still to be told to those who know of it.</summary>
    public bool HasToTellOver =>
        HasEnded && Step is not { OverTold: true } && Pages.Any(fact => fact.Page.TellWhenOver && fact.Page.Type != PageType.Over && MayKnow(fact));

    /// <summary>Whether the receiver knows, or will have been told when the end reaches the same queue.</summary>
    public static bool MayKnow(PageFact fact) =>
        fact.HasOrMayHaveArrived || fact.State is PageState.Queued or PageState.Sending;
}
