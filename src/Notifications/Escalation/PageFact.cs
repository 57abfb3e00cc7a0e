using IoTGateway.Notifications.Records;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Escalation;

/// <summary>A page and what is known of its way. Owned by the ledger.</summary>
internal sealed class PageFact(Page page)
{
    public Page Page { get; } = page;

    public PageState State { get; set; } = PageState.Queued;

    public Instant StateAt { get; set; } = page.Queued;

    public string Reason { get; set; } = "";

    /// <summary>A try began, and the record does not say how it ended.</summary>
    public bool IsOnItsWay { get; set; }

    /// <summary>A try failed in a way that leaves open whether the receiver took it.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>Another page was sent in its place.</summary>
    public bool IsHandedOn { get; set; }

    /// <summary>Nothing more happens to it.</summary>
    public bool IsDone => State is PageState.Sent or PageState.Delivered or PageState.Dropped or PageState.GivenUp;

    /// <summary>Whether its receiver knows of it, or may.</summary>
    public bool HasOrMayHaveArrived => State is PageState.Sent or PageState.Delivered || IsOnItsWay || MayHaveArrived;

    public PageStatus ToStatus() => new(Page.Key, Page.Stage, Page.Role, Page.Name, Page.Channel, Page.Queued, State, StateAt, Reason);
}
