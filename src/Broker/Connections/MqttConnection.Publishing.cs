using System.Text;
using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.Topics;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Broker.Connections;

/// <content>What publishers send: PUBLISH and PUBREL. Part of the receive path; nothing is allocated for a reading.</content>
internal sealed partial class MqttConnection
{
    private byte[]?[]? _aliases;
    private StatusMessage? _deferredStatus;

    private Step HandlePublish(byte first, ReadOnlySpan<byte> body)
    {
        if (!PublishPacket.TryRead(first, body, _version5, out var publish))
        {
            return Fail(ReasonCode.Malformed);
        }

        var topic = publish.Topic;
        if (topic.Length > TopicRules.SizeBytesAtMost)
        {
            return Fail(ReasonCode.TopicNameInvalid); // Also as an alias: the connection would hold many of them.
        }

        if (publish.TopicAlias is { } alias && !TryResolveAlias(alias, ref topic))
        {
            return Fail(ReasonCode.TopicAliasInvalid);
        }

        if (publish.QualityOfService > 0)
        {
            // An MQTT 5 client was told the receive maximum and breaks the protocol beyond it; a 3.1.1 client just has to wait.
            if (_version5 && _acks.Unacknowledged >= _broker.Options.InFlightAtMost)
            {
                return Fail(ReasonCode.ReceiveMaximumExceeded);
            }

            if (_acks.IsFull)
            {
                return Step.AcksFull;
            }

            if (publish.QualityOfService == 2 && _session!.Open.TryGetValue(publish.PacketIdentifier, out var known))
            {
                _counters.CountDuplicate();
                _acks.Add(new PendingAck(AckKind.Received, ReasonCode.Success, publish.PacketIdentifier, known.Commit));
                return Step.Done;
            }
        }

        switch (TopicRules.Classify(topic))
        {
            case TopicUse.Reading:
                return Append(RecordKind.Reading, topic, _session!.Utf8ClientId, publish);
            case TopicUse.DeviceStatus:
                return Append(RecordKind.DeviceStatus, topic, _session!.Utf8ClientId, publish);
            case TopicUse.Acknowledgement:
                return Append(RecordKind.Acknowledgement, topic, _identity, publish);
            case TopicUse.Ordinary when _broker.Options.OpenTopics:
                return TakeOrdinary(topic, publish);
            case TopicUse.Ordinary or TopicUse.Forbidden:
                return RefuseMessage(topic, publish, ReasonCode.NotAuthorized);
            case TopicUse.Invalid:
                return RefuseMessage(topic, publish, ReasonCode.TopicNameInvalid);
            default:
                return Fail(ReasonCode.TopicNameInvalid);
        }
    }

    private Step Append(RecordKind kind, ReadOnlySpan<byte> topic, byte[] client, in PublishPacket publish)
    {
        if (publish.ContentType.Length > byte.MaxValue)
        {
            return RefuseMessage(topic, publish, ReasonCode.PayloadFormatInvalid);
        }

        var size = PublishRecord.HeadSizeBytes(publish.QualityOfService, client.Length, publish.ContentType.Length);
        if (_head.Length < size)
        {
            _head = new byte[size];
        }

        var length = PublishRecord.WriteHead(
            _head, publish.QualityOfService, publish.Retain, publish.PacketIdentifier, client, publish.ContentType);
        switch (_broker.Log.TryAppend(kind, topic, _head.AsSpan(0, length), publish.Payload, out var commit))
        {
            case AppendResult.Appended:
                break;
            case AppendResult.NoRoom:
                return Step.NoRoom;
            case AppendResult.Full when !_broker.Admission.Refuses:
                return Step.Withheld;
            case AppendResult.Full:
                _broker.Admission.NoteRefused(ClientId!);
                return RefuseMessage(topic, publish, ReasonCode.QuotaExceeded);
            case AppendResult.TooManyTopics:
                return RefuseMessage(topic, publish, ReasonCode.QuotaExceeded);
            case AppendResult.TooLarge:
                return RefuseMessage(topic, publish, ReasonCode.PayloadFormatInvalid);
            default:
                Close(ReasonCode.ServerUnavailable); // The log has stopped.
                return Step.Closed;
        }

        _counters.CountReceived(publish.QualityOfService);
        if (publish.QualityOfService == 1)
        {
            _acks.Add(new PendingAck(AckKind.Published, ReasonCode.Success, publish.PacketIdentifier, commit));
        }
        else if (publish.QualityOfService == 2)
        {
            _session!.Open.Add(publish.PacketIdentifier, new OpenMessage(commit, Logged: true));
            _acks.Add(new PendingAck(AckKind.Received, ReasonCode.Success, publish.PacketIdentifier, commit));
        }

        return kind == RecordKind.DeviceStatus ? Relay(topic, publish, commit!) : Step.Done;
    }

    private Step Relay(ReadOnlySpan<byte> topic, in PublishPacket publish, Commit commit)
    {
        var status = new StatusMessage(MessageOf(topic, publish), commit);
        if (_broker.Statuses.TryEnqueue(status))
        {
            return Step.Done;
        }

        _deferredStatus = status;
        return Step.RelayFull;
    }

    private Step HandleRelease(byte first, ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        if (first != 0x62 || !reader.TryReadUInt16(out var identifier) || identifier == 0)
        {
            return Fail(ReasonCode.Malformed);
        }

        if (_acks.IsFull)
        {
            return Step.AcksFull;
        }

        if (!_session!.Open.TryGetValue(identifier, out var open))
        {
            // Perhaps a release sent again: the answer waits for the first one, else the identifier could be used anew before it is
            // durable that it is free, and after a crash the new message would be taken for the old one.
            var reason = _version5 ? ReasonCode.PacketIdentifierNotFound : ReasonCode.Success;
            _acks.Add(new PendingAck(AckKind.Complete, reason, identifier, _session.LastRelease));
            return Step.Done;
        }

        if (open.Logged)
        {
            Span<byte> head = stackalloc byte[2];
            ReleaseRecord.WriteHead(head, identifier);
            switch (_broker.Log.TryAppend(RecordKind.Release, default, head, _session.Utf8ClientId, out var commit))
            {
                case AppendResult.Appended:
                    _session.LastRelease = commit;
                    break;
                case AppendResult.NoRoom:
                    return Step.NoRoom;
                default:
                    Close(ReasonCode.ServerUnavailable); // The log has stopped.
                    return Step.Closed;
            }
        }

        _session.Open.Remove(identifier);
        _acks.Add(new PendingAck(AckKind.Complete, ReasonCode.Success, identifier, open.Logged ? _session.LastRelease : null));
        return Step.Done;
    }

    private Step TakeOrdinary(ReadOnlySpan<byte> topic, in PublishPacket publish)
    {
        if (TopicRules.IsTooDeep(topic))
        {
            return RefuseMessage(topic, publish, ReasonCode.TopicNameInvalid);
        }

        var message = MessageOf(topic, publish);
        if (message.Retain && message.Payload.Length > 0 && !_broker.Subscribers.CanRetain(message.Topic, message.SizeBytes))
        {
            return RefuseMessage(topic, publish, ReasonCode.QuotaExceeded);
        }

        _counters.CountOrdinary();
        _broker.Subscribers.Publish(message);
        if (publish.QualityOfService == 1)
        {
            _acks.Add(new PendingAck(AckKind.Published, ReasonCode.Success, publish.PacketIdentifier, null));
        }
        else if (publish.QualityOfService == 2)
        {
            _session!.Open.Add(publish.PacketIdentifier, new OpenMessage(null, Logged: false));
            _acks.Add(new PendingAck(AckKind.Received, ReasonCode.Success, publish.PacketIdentifier, null));
        }

        return Step.Done;
    }

    private Message MessageOf(ReadOnlySpan<byte> topic, in PublishPacket publish) =>
        new(Encoding.UTF8.GetString(topic), publish.Payload.ToArray(), publish.QualityOfService, publish.Retain)
        {
            Sender = _session!.Utf8ClientId,
            Properties = ForwardedProperties.Of(publish.Properties, PropertyPlace.Publish),
            ExpiresUnixMilliseconds = publish.ExpirySeconds is { } expiry ? Instant.Now(_broker.Clock).UnixMilliseconds + (expiry * 1_000L) : null,
        };

    /// <summary>
    /// Refuses one message. MQTT 5 has words for it; MQTT 3.1.1 has none, and an acknowledgement would be a lie, so the connection ends.
    /// </summary>
    private Step RefuseMessage(ReadOnlySpan<byte> topic, in PublishPacket publish, ReasonCode reason)
    {
        _counters.CountRefused();
        if (_counters.Refused == 1 && _broker.Complaints.TryPass())
        {
            // Once for a connection: a device that is set up wrongly says the same thing every second.
            _broker.Logger.MessageRefused(ClientId!, TopicRules.FirstLevel(topic), reason);
        }

        if (!_version5)
        {
            Close(reason);
            return Step.Closed;
        }

        if (publish.QualityOfService > 0)
        {
            var kind = publish.QualityOfService == 1 ? AckKind.Published : AckKind.Received;
            _acks.Add(new PendingAck(kind, reason, publish.PacketIdentifier, null));
        }

        return Step.Done;
    }

    /// <summary>Learns or looks up a topic alias (MQTT 5, 3.3.2.3.4); false if it is out of range or unknown.</summary>
    private bool TryResolveAlias(ushort alias, ref ReadOnlySpan<byte> topic)
    {
        if (alias == 0 || alias > _broker.Options.TopicAliasesAtMost)
        {
            return false;
        }

        _aliases ??= new byte[]?[_broker.Options.TopicAliasesAtMost + 1];
        if (topic.IsEmpty)
        {
            topic = _aliases[alias];
            return !topic.IsEmpty;
        }

        if (!topic.SequenceEqual(_aliases[alias]))
        {
            _aliases[alias] = topic.ToArray();
        }

        return true;
    }
}
