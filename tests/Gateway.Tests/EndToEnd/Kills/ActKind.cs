namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>What was sent to the gateway.</summary>
internal enum ActKind
{
    /// <summary>A device's reading.</summary>
    Reading,

    /// <summary>A person's acknowledgement, from the board or the pager.</summary>
    Acknowledgement,

    /// <summary>A person's silence.</summary>
    Silence,

    /// <summary>A person's observation.</summary>
    Observation,
}
