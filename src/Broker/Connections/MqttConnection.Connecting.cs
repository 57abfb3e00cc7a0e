using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Topics;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.Broker.Connections;

/// <content>CONNECT: everything that has to be settled before the client may speak.</content>
internal sealed partial class MqttConnection
{
    /// <summary>How long a client waits for its own earlier connection to end.</summary>
    private static readonly TimeSpan TakeoverTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How large the buffer for a CONNACK is at first and at most. Bytes.</summary>
    private const int FormatterSizeBytes = 128;
    private const int PacketSizeBytesMost = 4_096;

    private bool _connectReceived;
    private bool _keepAliveChanged;
    private TimeSpan _keepAlive;
    private uint _expirySeconds;
    private bool _sessionPresent;
    private string? _assignedClientId;
    private WillMessage? _will;

    /// <summary>Reads CONNECT and answers it; false where the connection ends.</summary>
    private async Task<bool> ConnectAsync()
    {
        var request = await ReadConnectAsync();
        if (request is { Packet: { } packet })
        {
            var refusal = await BeginAsync(packet);
            if (refusal is null)
            {
                return await AcceptAsync();
            }

            request = refusal.Value;
        }

        await RefuseConnectAsync(request);
        Close(ReasonCode.Success);
        return false;
    }

    private async ValueTask<ConnectRequest> ReadConnectAsync()
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await _input.ReadAsync(_stop.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException)
            {
                return ConnectRequest.Ended;
            }

            var buffer = read.Buffer;
            var found = TryTakeConnect(ref buffer, out var request);
            _input.AdvanceTo(buffer.Start, found ? buffer.Start : buffer.End);
            NoteHalfPacket(found ? 0 : buffer.Length, isNew: false);
            if (found || read.IsCompleted)
            {
                return found ? request : ConnectRequest.Ended;
            }
        }
    }

    /// <summary>Reads the CONNECT once it has arrived; the length is checked before a byte of it is waited for.</summary>
    private bool TryTakeConnect(ref ReadOnlySequence<byte> buffer, out ConnectRequest request)
    {
        request = ConnectRequest.Ended;
        Span<byte> start = stackalloc byte[PacketFrame.HeaderSizeBytesAtMost];
        start = start[..(int)Math.Min(start.Length, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (!start.IsEmpty && start[0] != (byte)PacketType.Connect << 4)
        {
            return true;
        }

        switch (PacketFrame.Read(start, _broker.Options.ConnectSizeBytesAtMost, out var header, out var length))
        {
            case FrameResult.NeedMore:
                return false;
            case FrameResult.Known when buffer.Length < header + length:
                return false;
            case FrameResult.Known:
                request = ReadConnect(buffer.Slice(header, length).ToArray());
                buffer = buffer.Slice(header + length);
                return true;
            default:
                return true;
        }
    }

    private ConnectRequest ReadConnect(byte[] body)
    {
        _connectReceived = true;
        _broker.Connections.Greeted(this);
        switch (ConnectHead.Read(body, out var head))
        {
            case ConnectHeadResult.OtherVersion:
                return ConnectRequest.Refused(ConnectRequest.UnacceptableVersion, ReasonCode.Success);
            case ConnectHeadResult.Malformed:
                return ConnectRequest.Ended;
        }

        _version5 = head.ProtocolLevel == 5;
        if (head.ClientId.Length > _broker.Options.ClientIdSizeBytesAtMost || !ConnectHead.IsUsable(head.ClientId)
            || (head.ClientId.IsEmpty && !_version5 && !head.Clean)) // MQTT 3.1.1, 3.1.3.1
        {
            return ConnectRequest.Refused(ConnectRequest.IdentifierRejected, ReasonCode.ClientIdentifierNotValid);
        }

        if (head.Failure != ReasonCode.Success)
        {
            return ConnectRequest.Refused(0, head.Failure);
        }

        MqttConnectPacket packet;
        try
        {
            var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(FormatterSizeBytes, PacketSizeBytesMost));
            var received = new ReceivedMqttPacket((byte)PacketType.Connect << 4, new ArraySegment<byte>(body), body.Length + 2);
            formatter.DetectProtocolVersion(received);
            packet = (MqttConnectPacket)formatter.Decode(received);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever the decoder throws at bytes from outside says only that they are not a packet.
            return _version5 ? ConnectRequest.Refused(0, ReasonCode.Malformed) : ConnectRequest.Ended;
        }

        if (packet.AuthenticationMethod is not null)
        {
            return ConnectRequest.Refused(0, ReasonCode.BadAuthenticationMethod);
        }

        return TakeWill(packet, head) ?? new ConnectRequest(packet, 0, ReasonCode.Success);
    }

    /// <summary>Keeps the will for the end of the connection. Null where it can be accepted.</summary>
    private ConnectRequest? TakeWill(MqttConnectPacket packet, in ConnectHead head)
    {
        if (!packet.WillFlag)
        {
            return null;
        }

        var use = TopicRules.Classify(head.WillTopic);
        switch (use)
        {
            case TopicUse.Malformed or TopicUse.Invalid:
            case TopicUse.Ordinary when TopicRules.IsTooDeep(head.WillTopic):
                return ConnectRequest.Refused(ConnectRequest.NotAuthorized, ReasonCode.TopicNameInvalid);
            case TopicUse.Forbidden or TopicUse.Acknowledgement:
            case TopicUse.Ordinary when !_broker.Options.OpenTopics:
                return ConnectRequest.Refused(ConnectRequest.NotAuthorized, ReasonCode.NotAuthorized);
        }

        byte[] contentType = [];
        uint? expiry = null;
        uint delay = 0;
        var properties = new Properties(head.WillProperties, PropertyPlace.Will);
        while (properties.MoveNext())
        {
            switch (properties.Identifier)
            {
                case Property.ContentType when properties.Bytes.Length <= byte.MaxValue:
                    contentType = properties.Bytes.ToArray();
                    break;
                case Property.MessageExpiry:
                    expiry = properties.Number;
                    break;
                case Property.WillDelay:
                    delay = properties.Number;
                    break;
            }
        }

        var message = new Message(Encoding.UTF8.GetString(head.WillTopic), packet.WillMessage ?? [], (int)packet.WillQoS, packet.WillRetain)
        {
            Properties = ForwardedProperties.Of(head.WillProperties, PropertyPlace.Will),
        };
        _will = new WillMessage(use, head.WillTopic.ToArray(), message, contentType, expiry, delay);
        return null;
    }

    /// <summary>
    /// Ends the client's earlier connection, begins or resumes its session durably. Null where all went well.
    /// </summary>
    private async ValueTask<ConnectRequest?> BeginAsync(MqttConnectPacket packet)
    {
        if (_broker.Log.Failure is not null)
        {
            return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.ServerUnavailable);
        }

        if (_broker.Connections.Established > _broker.Options.ConnectionsAtMost)
        {
            if (_broker.Complaints.TryPass())
            {
                _broker.Logger.TooManyConnections(_broker.Options.ConnectionsAtMost);
            }

            return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.QuotaExceeded);
        }

        if (string.IsNullOrEmpty(packet.ClientId))
        {
            packet.ClientId = _assignedClientId = _broker.ClientIds.Next();
        }

        if (!_version5 && _broker.Admission.WouldRefuse(packet.ClientId))
        {
            return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.QuotaExceeded);
        }

        ClientId = packet.ClientId;
        _expirySeconds = _version5 ? packet.SessionExpiryInterval : packet.CleanSession ? 0 : SessionRecord.NeverExpires;
        if (_version5)
        {
            _clientPacketSizeAtMost = packet.MaximumPacketSize;
            _clientAliasesAtMost = packet.TopicAliasMaximum;
            _window = packet.ReceiveMaximum > 0 ? packet.ReceiveMaximum : ushort.MaxValue;
        }

        try
        {
            if (!await TakeOverAsync(ClientId))
            {
                return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.ServerBusy);
            }

            var refusal = await BeginSessionAsync(packet);
            if (refusal is not null)
            {
                return refusal;
            }
        }
        catch (OperationCanceledException)
        {
            return ConnectRequest.Ended; // Closed meanwhile.
        }
        catch (LogFailedException)
        {
            return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.ServerUnavailable);
        }

        _identity = string.IsNullOrEmpty(packet.Username) ? _session!.Utf8ClientId : Encoding.UTF8.GetBytes(packet.Username);
        _keepAlive = KeepAliveOf(packet);
        Volatile.Write(ref _receivedTimestamp, _broker.Clock.GetTimestamp());

        _acksTask = SendAcksAsync();
        return null;
    }

    /// <summary>Waits until the client's earlier connection has left nothing behind, so that none of its acknowledgements can reach the new one.</summary>
    private async ValueTask<bool> TakeOverAsync(string clientId)
    {
        var earlier = _broker.Connections.Claim(clientId, this);
        if (earlier is null)
        {
            return true;
        }

        if (_broker.Complaints.TryPass())
        {
            _broker.Logger.TakenOver(clientId);
        }

        earlier.Close(ReasonCode.SessionTakenOver);
        try
        {
            // Even if this connection is closed meanwhile: whoever comes next waits for this one only.
            await earlier.Completed.WaitAsync(TakeoverTimeout, _broker.Clock);
            return true;
        }
        catch (TimeoutException)
        {
            earlier.Abort();
            return false;
        }
    }

    private async ValueTask<ConnectRequest?> BeginSessionAsync(MqttConnectPacket packet)
    {
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var begin = _broker.Sessions.TryBegin(packet.ClientId, packet.CleanSession, _expirySeconds);
            switch (begin.Result)
            {
                case AppendResult.Appended:
                    _session = begin.Session;
                    _sessionPresent = begin.Present;
                    if (begin.Present && _session!.SubscriptionsLost)
                    {
                        // It fell too far behind while it was being resumed.
                        _endSession = true;
                        return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.ServerBusy);
                    }

                    if (begin.Replaced is not null)
                    {
                        _broker.Subscribers.Forget(begin.Replaced);
                    }

                    await _broker.Wills.ClientIsBackAsync(packet.ClientId, sessionGoesOn: begin.Present);

                    if (begin.Commit is not null)
                    {
                        await begin.Commit.Task.WaitAsync(_stop.Token);
                    }

                    return null;
                case AppendResult.NoRoom:
                    await _broker.Log.WaitForRoomAsync(_stop.Token);
                    break;
                case AppendResult.TooManyTopics:
                    return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.QuotaExceeded);
                default:
                    return ConnectRequest.Refused(ConnectRequest.Unavailable, ReasonCode.ServerUnavailable);
            }
        }
    }

    /// <remarks><code>
    /// MQTT 3.1.1: 0x20, 2, 0, return code
    /// MQTT 5:     0x20, 3, 0, reason code, 0 (no properties)
    /// </code></remarks>
    private async ValueTask RefuseConnectAsync(ConnectRequest request)
    {
        var isRefused = _version5 ? request.Reason != ReasonCode.Success : request.ReturnCode != 0;
        if (isRefused && _broker.Refusals.TryPass())
        {
            _broker.Logger.ConnectRefused(request.Reason);
        }

        if (_version5 && isRefused)
        {
            await SendRefusalAsync([0x20, 0x03, 0x00, (byte)request.Reason, 0x00]);
        }
        else if (isRefused)
        {
            await SendRefusalAsync([0x20, 0x02, 0x00, request.ReturnCode]);
        }
    }

    private async ValueTask SendRefusalAsync(byte[] packet)
    {
        if (!IsClosing)
        {
            await SendAsync(packet);
        }
    }

    /// <summary>A client of MQTT 5 that wants to be silent for longer than allowed, or for ever, is told the server's keep-alive (3.2.2.3.14).</summary>
    private TimeSpan KeepAliveOf(MqttConnectPacket packet)
    {
        var wanted = TimeSpan.FromSeconds(packet.KeepAlivePeriod);
        _keepAliveChanged = _version5 && (wanted == TimeSpan.Zero || wanted > _broker.Options.KeepAliveAtMost);
        return _keepAliveChanged ? _broker.Options.KeepAliveAtMost : wanted;
    }

    /// <summary>Answers CONNECT with what the client has to know; false where it is gone.</summary>
    private async ValueTask<bool> AcceptAsync()
    {
        var acknowledgement = new MqttConnAckPacket
        {
            IsSessionPresent = _sessionPresent,
            AssignedClientIdentifier = _assignedClientId,
            ReceiveMaximum = (ushort)_broker.Options.InFlightAtMost,
            MaximumPacketSize = (uint)_broker.Options.PacketSizeBytesAtMost,
            TopicAliasMaximum = (ushort)_broker.Options.TopicAliasesAtMost,
            ServerKeepAlive = _keepAliveChanged ? (ushort)_keepAlive.TotalSeconds : (ushort)0,
            MaximumQoS = MqttQualityOfServiceLevel.ExactlyOnce,
            RetainAvailable = true,
            WildcardSubscriptionAvailable = true,
            SubscriptionIdentifiersAvailable = true,
            SharedSubscriptionAvailable = false,
        };
        var version = _version5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
        var formatter = new MqttPacketFormatterAdapter(version, new MqttBufferWriter(FormatterSizeBytes, PacketSizeBytesMost));
        var packet = formatter.Encode(acknowledgement).Packet.ToArray();
        if (_clientPacketSizeAtMost > 0 && packet.Length > _clientPacketSizeAtMost)
        {
            // A client that does not take the answer cannot be served (MQTT 5, 3.1.2.11.4).
            await RefuseConnectAsync(ConnectRequest.Refused(0, ReasonCode.PacketTooLarge));
            Close(ReasonCode.Success);
            return false;
        }

        await SendAsync(packet);
        if (IsClosing)
        {
            return false;
        }

        _connected = true;
        if (_session!.Subscriber is { } subscriber)
        {
            StartMessages(subscriber.Outbox);
        }

        return true;
    }
}
