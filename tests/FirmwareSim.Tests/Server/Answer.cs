namespace IoTGateway.FirmwareSim.Tests.Server;

/// <summary>What the scripted server does with a packet.</summary>
/// <param name="Bytes">What it writes; null: what a server usually answers.</param>
/// <param name="Drop">Whether it then resets the connection.</param>
internal sealed record Answer(byte[]? Bytes, bool Drop)
{
    /// <summary>As a server usually does.</summary>
    public static readonly Answer Usual = new(null, Drop: false);

    /// <summary>No answer; the connection stays.</summary>
    public static readonly Answer Nothing = new([], Drop: false);

    /// <summary>No answer, and the connection is reset: what a killed process leaves behind.</summary>
    public static readonly Answer Reset = new([], Drop: true);

    /// <summary>These bytes.</summary>
    public static Answer Of(params byte[] bytes) => new(bytes, Drop: false);
}
