namespace IoTGateway.FirmwareSim.Commands;

/// <summary>How <c>firmware-sim</c> ends.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Fine = 0;

    /// <summary>It was not done: the recording cannot be used, the gateway refused, it was interrupted.</summary>
    public const int Failed = 1;

    /// <summary>It was not begun: a wrong option, a missing file.</summary>
    public const int WrongUsage = 2;
}
