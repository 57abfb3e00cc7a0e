namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>What the gateway answered.</summary>
internal enum ActAnswer
{
    /// <summary>Nothing: it was killed before.</summary>
    None,

    /// <summary>It is done, and has to be kept.</summary>
    Done,

    /// <summary>Somebody was first.</summary>
    DoneBefore,

    /// <summary>It was not done.</summary>
    Refused,
}
