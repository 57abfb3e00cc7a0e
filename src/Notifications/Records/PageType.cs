namespace IoTGateway.Notifications.Records;

/// <summary>Why a page is sent.</summary>
public enum PageType
{
    /// <summary>Not a type; never stands in a record.</summary>
    Unknown = 0,

    /// <summary>An alert began to call.</summary>
    Raise = 1,

    /// <summary>A stage of the escalation was reached.</summary>
    Stage = 2,

    /// <summary>All stages have gone by and nobody has acknowledged.</summary>
    NobodyReached = 3,

    /// <summary>An alert is over of which this person was told.</summary>
    Over = 4,
}
