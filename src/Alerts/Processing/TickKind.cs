namespace IoTGateway.Alerts.Processing;

/// <summary>What a tick is for. The numbers are part of the log's form.</summary>
internal enum TickKind : byte
{
    /// <summary>Time passed.</summary>
    Time = 0,

    /// <summary>The gateway listens again: missing readings count from here on.</summary>
    ListensAgain = 1,

    /// <summary>Time passed, and the rules were told which devices are silent.</summary>
    Silence = 2,
}
