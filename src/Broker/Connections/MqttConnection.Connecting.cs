using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Topics;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Packets;

namespace IoTGateway.Broker.Connections;

/// <content>CONNECT: everything that has to be settled before the MQTT server sees the client.</content>
internal sealed partial class MqttConnection
{
    /// <summary>How long a client waits for its own earlier connection to end.</summary>
    private static readonly TimeSpan TakeoverTimeout = TimeSpan.FromSeconds(10);

    private bool _connectReceived;
    private TimeSpan _keepAlive;
    private uint _expirySeconds;
    private bool _sessionPresent;
    private string? _assignedClientId;
    private WillMessage? _will;

    private async Task<MqttPacket?> ReceiveConnectAsync()
    {
        var request = await ReadConnectAsync();
        if (request is { Packet: { } packet })
        {
            var refusal = await BeginAsync(packet);
            if (refusal is null)
            {
                return packet;
            }

            request = refusal.Value;
        }

        await RefuseConnectAsync(request);
        Close(ReasonCode.Success);
        return null;
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

        MqttConnectPacket packet;
        try
        {
            var received = new ReceivedMqttPacket((byte)PacketType.Connect << 4, new ArraySegment<byte>(body), body.Length + 2);
            PacketFormatterAdapter.DetectProtocolVersion(received);
            packet = (MqttConnectPacket)PacketFormatterAdapter.Decode(received);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return _version5 ? ConnectRequest.Refused(0, ReasonCode.Malformed) : ConnectRequest.Ended;
        }

        if (packet.AuthenticationMethod is not null)
        {
            return ConnectRequest.Refused(0, ReasonCode.BadAuthenticationMethod);
        }

        return TakeWill(packet) ?? new ConnectRequest(packet, 0, ReasonCode.Success);
    }

    /// <summary>Takes the will out of the packet: it is published here, since it may have to be kept. Null where it can be accepted.</summary>
    private ConnectRequest? TakeWill(MqttConnectPacket packet)
    {
        if (!packet.WillFlag)
        {
            return null;
        }

        packet.WillFlag = false;
        var topic = packet.WillTopic ?? "";
        var utf8Topic = Encoding.UTF8.GetBytes(topic);
        var use = topic.Contains('\uFFFD', StringComparison.Ordinal) || utf8Topic.Length > ushort.MaxValue
            ? TopicUse.Malformed // The packet decoder puts U+FFFD in the place of bytes that are not UTF-8.
            : TopicRules.Classify(utf8Topic);
        switch (use)
        {
            case TopicUse.Malformed or TopicUse.Invalid:
                return ConnectRequest.Refused(ConnectRequest.NotAuthorized, ReasonCode.TopicNameInvalid);
            case TopicUse.Forbidden or TopicUse.Acknowledgement:
            case TopicUse.Ordinary when !_broker.Options.OpenTopics:
                return ConnectRequest.Refused(ConnectRequest.NotAuthorized, ReasonCode.NotAuthorized);
        }

        _will = new WillMessage(use, utf8Topic, new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = new ArraySegment<byte>(packet.WillMessage ?? []),
            QualityOfServiceLevel = packet.WillQoS,
            Retain = packet.WillRetain,
            ContentType = packet.WillContentType,
            ResponseTopic = packet.WillResponseTopic,
            CorrelationData = packet.WillCorrelationData,
            PayloadFormatIndicator = packet.WillPayloadFormatIndicator,
            MessageExpiryInterval = packet.WillMessageExpiryInterval,
            UserProperties = packet.WillUserProperties,
        });
        return null;
    }

    /// <summary>
    /// Ends the client's earlier connection, begins or resumes its session durably, and prepares the packet for the MQTT server. Null
    /// where all went well.
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

        ClientId = packet.ClientId;
        _expirySeconds = _version5 ? packet.SessionExpiryInterval : packet.CleanSession ? 0 : SessionRecord.NeverExpires;
        _clientPacketSizeAtMost = packet.MaximumPacketSize;
        if (_version5)
        {
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
        _keepAlive = TimeSpan.FromSeconds(packet.KeepAlivePeriod);
        Volatile.Write(ref _receivedTimestamp, _broker.Clock.GetTimestamp());

        // Keep-alive and expiry are watched here: the server does not see what publishers send, and forgets its sessions when told to.
        packet.KeepAlivePeriod = 0;
        packet.SessionExpiryInterval = _expirySeconds > 0 ? SessionRecord.NeverExpires : 0;
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
                    if (!begin.Present)
                    {
                        await _broker.Subscribers.ForgetAsync(packet.ClientId);
                    }

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
        if (isRefused && _broker.Complaints.TryPass())
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

    /// <summary>Completes the server's CONNACK with what only this side knows.</summary>
    private void Complete(MqttConnAckPacket acknowledgement)
    {
        acknowledgement.IsSessionPresent = _sessionPresent;
        acknowledgement.AssignedClientIdentifier = _assignedClientId;
        acknowledgement.ReceiveMaximum = (ushort)_broker.Options.InFlightAtMost;
        acknowledgement.MaximumPacketSize = (uint)_broker.Options.PacketSizeBytesAtMost;
        acknowledgement.TopicAliasMaximum = (ushort)_broker.Options.TopicAliasesAtMost;
        _connected = true;
    }
}
