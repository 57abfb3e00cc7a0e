namespace IoTGateway.Notifications;

/// <summary>What became of a page.</summary>
public enum PageState
{
    /// <summary>It waits for its channel.</summary>
    Queued = 0,

    /// <summary>It is on its way; whether it arrived is not known yet.</summary>
    Sending = 1,

    /// <summary>The channel's server has taken it.</summary>
    Sent = 2,

    /// <summary>The channel says that it has reached the person.</summary>
    Delivered = 3,

    /// <summary>A try failed; it is tried again as long as it is still true.</summary>
    Failed = 4,

    /// <summary>It was not sent, since it was no longer true.</summary>
    Dropped = 5,

    /// <summary>It was given up.</summary>
    GivenUp = 6,
}
