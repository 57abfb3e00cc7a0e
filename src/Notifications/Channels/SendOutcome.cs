namespace IoTGateway.Notifications.Channels;

/// <summary>What came of a try to send a page.</summary>
internal enum SendOutcome
{
    /// <summary>The channel's server has taken it.</summary>
    Taken = 0,

    /// <summary>The channel's server says that it has reached the person.</summary>
    Delivered = 1,

    /// <summary>The server does not take this page; others it may.</summary>
    Refused = 2,

    /// <summary>The server takes nothing at present.</summary>
    Away = 3,

    /// <summary>The server failed over this page or did not answer; whether it is the page, the person's address or the server cannot be told.</summary>
    Unclear = 4,
}
