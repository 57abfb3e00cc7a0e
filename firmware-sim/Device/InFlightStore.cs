using MQTTnet.Packets;

namespace IoTGateway.FirmwareSim.Device;

/// <summary>
/// What a device has to say and the receiver has not taken over yet: the messages waiting, those in flight with their packet ids, and
/// what has to be sent next. A synchronous state machine; its owner holds a lock around every call.
/// </summary>
/// <remarks>
/// <para>With a session on the other side (CONNACK says session present) everything unacknowledged is sent again in its first order, under
/// its old packet id: PUBLISH with DUP where no PUBREC came, PUBREL where one did (MQTT 3.1.1, 4.4).</para>
/// <para>Without a session the packet ids mean nothing to the receiver any more. Everything that is not completed, also what got a PUBREC,
/// is then sent anew as new messages: a receiver that lost its session may have lost what it held between PUBREC and PUBREL. This loses
/// nothing, and the price is that a receiver which kept the messages but not the session gets them twice.</para>
/// </remarks>
internal sealed partial class InFlightStore(int window)
{
    /// <summary>MQTT's packet ids are 1 to 65535, so no more can be in flight.</summary>
    public const int WindowMaximum = ushort.MaxValue;

    private readonly Dictionary<ushort, StoredMessage> _inFlight = [];

    /// <summary>What is due on the present connection before anything new: PUBRELs and what is sent again.</summary>
    private readonly Queue<DuePacket> _due = new();

    private Queue<StoredMessage> _waiting = new();
    private int _receiverWindow = WindowMaximum;
    private int _openAtReceiver;
    private ushort _lastPacketId;
    private long _sendOrder;
    private long _receiveOrder;

    /// <summary>Readings completed, that is acknowledged by PUBACK or PUBCOMP.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Readings sent for the first time.</summary>
    public long Sent { get; private set; }

    /// <summary>Packets (PUBLISH with DUP, PUBREL) sent again after a reconnect with the session present.</summary>
    public long Resent { get; private set; }

    /// <summary>Messages sent anew as new messages, because the receiver had no session or refused them for the moment.</summary>
    public long SentAnew { get; private set; }

    /// <summary>Messages in flight: PUBLISH sent, final acknowledgement outstanding.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>Whether nothing waits and nothing is in flight.</summary>
    public bool IsEmpty => _inFlight.Count == 0 && _waiting.Count == 0;

    /// <summary>While true nothing new is sent; what is in flight goes on. Set for a while after the receiver refused a message for the moment.</summary>
    public bool Paused { get; set; }

    /// <summary>Puts a message at the end of those waiting.</summary>
    public void Add(StoredMessage message) => _waiting.Enqueue(message);

    /// <summary>Puts a birth message before everything that waits, unless one already waits or is in flight.</summary>
    public void AddBirth(StoredMessage birth)
    {
        if (!_waiting.Concat(_inFlight.Values).Any(message => message.IsStatus))
        {
            _waiting = new Queue<StoredMessage>(_waiting.Prepend(birth));
        }
    }

    /// <summary>A connection begins: decides what is sent again.</summary>
    /// <param name="sessionPresent">What CONNACK said.</param>
    /// <param name="receiverWindow">How many PUBLISH the receiver takes at once (MQTT 5 receive maximum); 65535 where it did not say.</param>
    public void BeginConnection(bool sessionPresent, int receiverWindow)
    {
        _due.Clear();
        _receiverWindow = receiverWindow;
        _openAtReceiver = 0;
        Paused = false;
        foreach (var message in _inFlight.Values)
        {
            message.CountsAgainstReceiver = false;
        }

        if (sessionPresent)
        {
            ResumeSession();
        }
        else
        {
            SendEverythingAnew();
        }
    }

    /// <summary>The next packet to write, or null when there is nothing to write now. What it returns counts as sent.</summary>
    public MqttPacket? TakeNext()
    {
        while (_due.TryPeek(out var due))
        {
            if (due.Message is null)
            {
                _due.Dequeue();
                return Release(due.PacketId);
            }

            if (due.Stage != due.Message.Stage || due.Message.PacketId != due.PacketId)
            {
                // It was acknowledged between the decision to send and now.
                _due.Dequeue();
                continue;
            }

            if (due.Message.Stage == DeliveryStage.Received)
            {
                _due.Dequeue();
                Resent += due.Again ? 1 : 0;
                return Release(due.PacketId);
            }

            if (_openAtReceiver >= _receiverWindow)
            {
                return null;
            }

            _due.Dequeue();
            Resent++;
            CountAtReceiver(due.Message);
            return due.Message.ToPacket(duplicate: true);
        }

        return TakeWaiting();
    }

    private MqttPublishPacket? TakeWaiting()
    {
        if (Paused || _inFlight.Count >= window || _openAtReceiver >= _receiverWindow || !_waiting.TryDequeue(out var message))
        {
            return null;
        }

        message.PacketId = NextPacketId();
        message.SendOrder = ++_sendOrder;
        message.Stage = DeliveryStage.Published;
        _inFlight.Add(message.PacketId, message);
        CountAtReceiver(message);
        if (message.WasSent)
        {
            SentAnew++;
        }
        else if (!message.IsStatus)
        {
            Sent++;
        }

        message.WasSent = true;
        return message.ToPacket(duplicate: false);
    }

    private void ResumeSession()
    {
        // PUBREL goes first: it takes no room at the receiver and makes room. Within each kind the first order holds.
        foreach (var message in _inFlight.Values.Where(message => message.Stage == DeliveryStage.Received).OrderBy(message => message.ReceiveOrder))
        {
            _due.Enqueue(new DuePacket(message.PacketId, message, DeliveryStage.Received, Again: true));
        }

        foreach (var message in _inFlight.Values.Where(message => message.Stage == DeliveryStage.Published).OrderBy(message => message.SendOrder))
        {
            _due.Enqueue(new DuePacket(message.PacketId, message, DeliveryStage.Published, Again: true));
        }
    }

    private void SendEverythingAnew()
    {
        var anew = _inFlight.Values.OrderBy(message => message.SendOrder).ToList();
        _inFlight.Clear();
        foreach (var message in anew)
        {
            message.Stage = DeliveryStage.Waiting;
            message.PacketId = 0;
        }

        _waiting = new Queue<StoredMessage>(anew.Concat(_waiting));
    }

    private void CountAtReceiver(StoredMessage message)
    {
        if (!message.CountsAgainstReceiver)
        {
            message.CountsAgainstReceiver = true;
            _openAtReceiver++;
        }
    }

    private ushort NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (_inFlight.ContainsKey(_lastPacketId));
        return _lastPacketId;
    }

    private static MqttPubRelPacket Release(ushort packetId) => new() { PacketIdentifier = packetId };

    /// <summary>A packet to be written before anything new.</summary>
    /// <param name="PacketId">Its packet id.</param>
    /// <param name="Message">The message; null for a PUBREL that answers a PUBREC for a packet id we do not know.</param>
    /// <param name="Stage">The stage the message had when the packet became due; when it has moved on, the packet is dropped.</param>
    /// <param name="Again">Whether it is sent again after a reconnect.</param>
    private readonly record struct DuePacket(ushort PacketId, StoredMessage? Message, DeliveryStage Stage, bool Again);
}
