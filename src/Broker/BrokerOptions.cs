using System.Globalization;

namespace IoTGateway.Broker;

/// <summary>What the broker allows. Every limit pushes back or refuses aloud; none drops silently.</summary>
public sealed class BrokerOptions
{
    /// <summary>Whether clients may publish to topics that are not the gateway's own, as ordinary brokered messages. Default: no.</summary>
    public bool OpenTopics { get; init; }

    /// <summary>The largest packet a client may send. Bytes, 1 KiB to 16 MiB; default 1 MiB.</summary>
    public int PacketSizeBytesAtMost { get; init; } = 1 << 20;

    /// <summary>
    /// The largest CONNECT: nobody is known yet who could answer for what is held for the client. Bytes, 1 KiB to 256 KiB; default 128 KiB.
    /// </summary>
    public int ConnectSizeBytesAtMost { get; init; } = 128 << 10;

    /// <summary>
    /// How much may be held of packets that have arrived by half, over all connections; parts below 4 KiB are not counted. One that would
    /// need more is disconnected with "quota exceeded". Bytes; default 64 MiB.
    /// </summary>
    public long HalfPacketsBytesAtMost { get; init; } = 64L << 20;

    /// <summary>A packet that has not arrived completely so long after its beginning ends the connection. Default 60 s.</summary>
    public TimeSpan PacketTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many QoS 1 and 2 messages of one connection may wait for their acknowledgement, 1 to 65,535; default 1,000. Announced to MQTT 5
    /// clients as receive maximum; from a 3.1.1 client nothing more is read until acknowledgements went out.
    /// </summary>
    public int InFlightAtMost { get; init; } = 1_000;

    /// <summary>How many topic aliases an MQTT 5 client may use, 0 to 65,535; default 64.</summary>
    public int TopicAliasesAtMost { get; init; } = 64;

    /// <summary>The longest client id. Bytes of UTF-8, 23 to 65,535; default 256.</summary>
    public int ClientIdSizeBytesAtMost { get; init; } = 256;

    /// <summary>
    /// How many connections there may be; a CONNECT of one more is answered "quota exceeded". Where connections that have not sent their
    /// CONNECT take the room, the oldest of them are closed. Default 10,000.
    /// </summary>
    public int ConnectionsAtMost { get; init; } = 10_000;

    /// <summary>How many sessions there may be, connected or kept for later; one more is answered "quota exceeded". Default 100,000.</summary>
    public int SessionsAtMost { get; init; } = 100_000;

    /// <summary>A connection that has not sent its CONNECT by then is closed. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// While the log is full, readings and their acknowledgements are withheld for so long before they are refused. Default 30 s.
    /// </summary>
    public TimeSpan WithholdAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that takes nothing of what is sent to it for so long is closed. Default 30 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an MQTT 5 client may be silent: one that asks for more, or for no limit, is told this as server keep-alive. Whole seconds,
    /// 1 s to 18 h; default 60 s. MQTT 3.1.1 cannot say it, so such clients are held to what they asked for.
    /// </summary>
    public TimeSpan KeepAliveAtMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many messages may wait for one subscriber, connected or away. Where one more comes, its session is ended: a connected client is
    /// disconnected with "quota exceeded", and either learns at its next CONNECT by session-present 0 that it missed something. Default 10,000.
    /// </summary>
    public int SubscriberQueueAtMost { get; init; } = 10_000;

    /// <summary>How many bytes may wait for one subscriber or be unacknowledged by it; beyond it the same happens. Default 16 MiB.</summary>
    public long SubscriberBytesAtMost { get; init; } = 16L << 20;

    /// <summary>
    /// How many bytes may wait for all subscribers together. Beyond it the session that needs more is ended, unless it is connected and
    /// holds less than 64 KiB. Default 256 MiB.
    /// </summary>
    public long SubscribersBytesAtMost { get; init; } = 256L << 20;

    /// <summary>How many subscriptions one session may have; one more is answered "quota exceeded". Default 1,000.</summary>
    public int SubscriptionsPerSessionAtMost { get; init; } = 1_000;

    /// <summary>How many messages to open topics may be retained; one more is refused with "quota exceeded". Default 100,000.</summary>
    public int RetainedAtMost { get; init; } = 100_000;

    /// <summary>How many bytes they may have together. Default 256 MiB.</summary>
    public long RetainedBytesAtMost { get; init; } = 256L << 20;

    /// <summary>How long the copies of readings wait for a subscriber whose queue is full, before it is disconnected. Default 5 s.</summary>
    public TimeSpan SubscriberPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Copies of readings for subscribers that are further behind the log than this are skipped and counted. Bytes of the log; default 256 MiB.
    /// </summary>
    public long CopiesBehindBytesAtMost { get; init; } = 256L << 20;

    /// <summary>How often the heartbeat is published. Default 10 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for the last acknowledgements and for connections to end, before it cuts them. Default 3 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Checks all options at once.</summary>
    /// <exception cref="ArgumentException">Some are out of range; the message names each.</exception>
    internal void ThrowIfInvalid()
    {
        var errors = new List<string>();
        Check(PacketSizeBytesAtMost, 1 << 10, 16 << 20, nameof(PacketSizeBytesAtMost));
        Check(ConnectSizeBytesAtMost, 1 << 10, 256 << 10, nameof(ConnectSizeBytesAtMost));
        Check(HalfPacketsBytesAtMost, 1 << 20, long.MaxValue, nameof(HalfPacketsBytesAtMost));
        Check(InFlightAtMost, 1, ushort.MaxValue, nameof(InFlightAtMost));
        Check(TopicAliasesAtMost, 0, ushort.MaxValue, nameof(TopicAliasesAtMost));
        Check(ClientIdSizeBytesAtMost, 23, ushort.MaxValue, nameof(ClientIdSizeBytesAtMost));
        Check(ConnectionsAtMost, 1, 1_000_000, nameof(ConnectionsAtMost));
        Check(SessionsAtMost, 1, 10_000_000, nameof(SessionsAtMost));
        Check(SubscriberQueueAtMost, 1, 10_000_000, nameof(SubscriberQueueAtMost));
        CheckPositive(PacketTimeout, nameof(PacketTimeout));
        Check(SubscriberBytesAtMost, 1 << 10, long.MaxValue, nameof(SubscriberBytesAtMost));
        Check(SubscribersBytesAtMost, 1 << 10, long.MaxValue, nameof(SubscribersBytesAtMost));
        Check(SubscriptionsPerSessionAtMost, 1, 1_000_000, nameof(SubscriptionsPerSessionAtMost));
        Check(RetainedAtMost, 0, 10_000_000, nameof(RetainedAtMost));
        Check(RetainedBytesAtMost, 0, long.MaxValue, nameof(RetainedBytesAtMost));
        Check((long)KeepAliveAtMost.TotalSeconds, 1, ushort.MaxValue, nameof(KeepAliveAtMost));
        CheckPositive(ConnectTimeout, nameof(ConnectTimeout));
        CheckPositive(WithholdAtMost, nameof(WithholdAtMost));
        CheckPositive(WriteTimeout, nameof(WriteTimeout));
        CheckPositive(SubscriberPatience, nameof(SubscriberPatience));
        CheckPositive(HeartbeatInterval, nameof(HeartbeatInterval));
        CheckPositive(StopTimeout, nameof(StopTimeout));
        if (errors.Count > 0)
        {
            throw new ArgumentException("The options of the MQTT broker are not valid: " + string.Join("; ", errors) + ".");
        }

        void Check(long value, long least, long most, string name)
        {
            if (value < least || value > most)
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, allowed are {least} to {most}"));
            }
        }

        void CheckPositive(TimeSpan value, string name)
        {
            if (value <= TimeSpan.Zero)
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, it has to be positive"));
            }
        }
    }
}
