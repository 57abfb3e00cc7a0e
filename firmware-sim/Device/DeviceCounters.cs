namespace IoTGateway.FirmwareSim.Device;

/// <summary>What a device has done since it was started. Birth and end messages are not counted as readings.</summary>
/// <param name="Sent">Readings sent, each counted once however often it was sent again.</param>
/// <param name="Acknowledged">Readings the gateway has taken over: PUBACK (QoS 1) or PUBCOMP (QoS 2).</param>
/// <param name="Resent">Packets sent again after a reconnect under their old packet id: PUBLISH with DUP, PUBREL.</param>
/// <param name="SentAnew">Messages sent anew as new messages, because the gateway had no session any more or refused them for the moment.</param>
/// <param name="Reconnects">Connections made after the first.</param>
public sealed record DeviceCounters(long Sent, long Acknowledged, long Resent, long SentAnew, long Reconnects)
{
    /// <summary>All zero.</summary>
    public static readonly DeviceCounters None = new(0, 0, 0, 0, 0);

    /// <summary>The sum of two devices.</summary>
    public static DeviceCounters operator +(DeviceCounters left, DeviceCounters right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            left.Sent + right.Sent,
            left.Acknowledged + right.Acknowledged,
            left.Resent + right.Resent,
            left.SentAnew + right.SentAnew,
            left.Reconnects + right.Reconnects);
    }
}
