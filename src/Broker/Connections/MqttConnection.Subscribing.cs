using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <content>What subscribers send: SUBSCRIBE, UNSUBSCRIBE, and the acknowledgements of what they were sent.</content>
internal sealed partial class MqttConnection
{
    private Step HandleSubscribe(ReadOnlySpan<byte> body)
    {
        var failure = SubscribePacket.Read(body, _version5, out _subscribe);
        return failure == ReasonCode.Success ? Step.Subscribe : Fail(failure);
    }

    private Step HandleUnsubscribe(ReadOnlySpan<byte> body)
    {
        var failure = UnsubscribePacket.Read(body, _version5, out var packet);
        if (failure != ReasonCode.Success)
        {
            return Fail(failure);
        }

        if (!_broker.Subscribers.TryUnsubscribe(Subscriber(), packet!, _version5))
        {
            CloseAsTooSlow();
        }

        return Step.Done;
    }

    private Step HandleAcknowledgement(PacketType type, ReadOnlySpan<byte> body)
    {
        var failure = AcknowledgementPacket.Read(body, _version5, out var packet);
        if (failure != ReasonCode.Success)
        {
            return Fail(failure);
        }

        // A client that has never been sent anything acknowledges nothing; only an unknown PUBREC has an answer.
        var outbox = _session!.Subscriber?.Outbox;
        switch (type)
        {
            case PacketType.PublishAck:
                outbox?.Complete(packet.PacketIdentifier);
                break;
            case PacketType.PublishComplete:
                outbox?.Release(packet.PacketIdentifier);
                break;
            case PacketType.PublishReceived when outbox?.Receive(packet.PacketIdentifier, packet.IsFailure) != true && !packet.IsFailure:
                if (!Subscriber().Outbox.TryAnswer(RequestAnswers.UnknownRelease(packet.PacketIdentifier, _version5)))
                {
                    CloseAsTooSlow();
                }

                break;
        }

        return Step.Done;
    }

    private Step HandleDisconnect(ReadOnlySpan<byte> body)
    {
        var failure = DisconnectPacket.Read(body, _version5, out var disconnect);
        if (failure != ReasonCode.Success)
        {
            return Fail(failure);
        }

        // A session that was to end with its connection cannot be prolonged at its end (MQTT 5, 3.14.2.2.2).
        if (_expirySeconds == 0 && disconnect.SessionExpirySeconds > 0)
        {
            return Fail(ReasonCode.ProtocolError);
        }

        _expirySeconds = disconnect.SessionExpirySeconds ?? _expirySeconds;
        if (!disconnect.WithWill)
        {
            _will = null;
        }

        Close(ReasonCode.Success);
        return Step.Closed;
    }

    /// <summary>
    /// Notes a subscription durably before the client learns of it: subscriptions do not survive a restart, and a client that has one must
    /// not be told then that its session is present.
    /// </summary>
    private async ValueTask SubscribeAsync()
    {
        AppendResult result;
        while ((result = _broker.Sessions.TrySubscribe(_session!, out var commit)) == AppendResult.NoRoom || commit is { IsDurable: false })
        {
            if (commit is not null)
            {
                await commit.Task.WaitAsync(_stop.Token);
                break;
            }

            await _broker.Log.WaitForRoomAsync(_stop.Token);
        }

        if (result != AppendResult.Appended)
        {
            Close(ReasonCode.ServerUnavailable);
        }
        else if (!_broker.Subscribers.TrySubscribe(Subscriber(), _subscribe!, _version5))
        {
            CloseAsTooSlow();
        }
    }

    /// <summary>The subscriber that this client is from its first subscription on.</summary>
    private Subscriber Subscriber()
    {
        var subscriber = _broker.Subscribers.Of(_session!);
        if (!_sendsMessages)
        {
            StartMessages(subscriber.Outbox);
        }

        return subscriber;
    }
}
