using IoTGateway.Broker.Connections;

namespace IoTGateway.Broker.Delivery;

/// <content>The way out: which packet comes next, and what the client says to it.</content>
internal sealed partial class Outbox
{
    /// <summary>
    /// The next packet to send: answers first, then what was sent before, then what waits, as far as the client's receive maximum allows.
    /// Messages whose time is over before they were sent for the first time are left out.
    /// </summary>
    /// <param name="owner">The signal of the connection that asks: one that has been succeeded by another gets nothing more.</param>
    /// <param name="nowUnixMilliseconds">The time.</param>
    /// <param name="packet">The packet.</param>
    public bool TryTake(Signal owner, long nowUnixMilliseconds, out OutgoingPacket packet)
    {
        lock (_lock)
        {
            packet = default;
            if (!ReferenceEquals(_wake, owner))
            {
                return false;
            }

            if (_answers.TryDequeue(out var answer))
            {
                packet = new OutgoingPacket(OutgoingKind.Answer, 0, false, default, answer);
                return true;
            }

            if (_releases.TryDequeue(out var identifier))
            {
                packet = new OutgoingPacket(OutgoingKind.Release, identifier, false, default, null);
                return true;
            }

            return TryTakeAgain_NeedsLock(ref packet) || (_again.Count == 0 && TryTakeWaiting_NeedsLock(nowUnixMilliseconds, ref packet));
        }
    }

    /// <summary>PUBACK: a QoS 1 message has arrived; or any message does not have to be sent, since the client does not take its size.</summary>
    public void Complete(ushort identifier)
    {
        lock (_lock)
        {
            if (_inFlight.TryGetValue(identifier, out var sent) && !sent.Received)
            {
                Remove_NeedsLock(sent);
            }
        }
    }

    /// <summary>PUBREC: a QoS 2 message has arrived, or is refused. False where it is unknown.</summary>
    public bool Receive(ushort identifier, bool refused)
    {
        lock (_lock)
        {
            if (!_inFlight.TryGetValue(identifier, out var sent) || sent.Message.QualityOfService != 2)
            {
                return false;
            }

            if (refused)
            {
                Remove_NeedsLock(sent);
            }
            else
            {
                sent.Received = true;
                _releases.Enqueue(identifier);
                _wake?.Set();
            }

            return true;
        }
    }

    /// <summary>PUBCOMP: the packet identifier of a QoS 2 message is free again.</summary>
    public void Release(ushort identifier)
    {
        lock (_lock)
        {
            if (_inFlight.TryGetValue(identifier, out var sent) && sent.Received)
            {
                Remove_NeedsLock(sent);
            }
        }
    }

    private bool TryTakeAgain_NeedsLock(ref OutgoingPacket packet)
    {
        while (_used < _window && _again.TryDequeue(out var sent))
        {
            if (!_inFlight.TryGetValue(sent.PacketIdentifier, out var present) || !ReferenceEquals(present, sent))
            {
                continue; // Acknowledged meanwhile, under its identifier of before.
            }

            sent.OnThisConnection = true;
            _used++;
            packet = sent.Received
                ? new OutgoingPacket(OutgoingKind.Release, sent.PacketIdentifier, false, default, null)
                : new OutgoingPacket(OutgoingKind.Publish, sent.PacketIdentifier, true, sent.Message, null);
            return true;
        }

        return false;
    }

    private bool TryTakeWaiting_NeedsLock(long nowUnixMilliseconds, ref OutgoingPacket packet)
    {
        while (_waiting.TryPeek(out var message))
        {
            var expired = message.Message.HasExpired(nowUnixMilliseconds);
            if (!expired && message.QualityOfService > 0 && (_used >= _window || _inFlight.Count == ushort.MaxValue))
            {
                return false;
            }

            _waiting.Dequeue();
            _counted -= message.FromStore ? 0 : 1;
            if (expired || message.QualityOfService == 0)
            {
                Uncount_NeedsLock(message);
            }

            if (!expired)
            {
                packet = new OutgoingPacket(OutgoingKind.Publish, message.QualityOfService == 0 ? (ushort)0 : Send_NeedsLock(message), false, message, null);
                return true;
            }
        }

        return false;
    }

    private ushort Send_NeedsLock(in OutgoingMessage message)
    {
        do
        {
            _lastIdentifier = _lastIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastIdentifier + 1);
        }
        while (_inFlight.ContainsKey(_lastIdentifier));

        _inFlight.Add(_lastIdentifier, new InFlight(_lastIdentifier, ++_sequence, message) { OnThisConnection = true });
        _used++;
        return _lastIdentifier;
    }

    private void Remove_NeedsLock(InFlight sent)
    {
        _inFlight.Remove(sent.PacketIdentifier);
        Uncount_NeedsLock(sent.Message);
        if (sent.OnThisConnection)
        {
            _used--;
        }

        _wake?.Set();
    }
}
