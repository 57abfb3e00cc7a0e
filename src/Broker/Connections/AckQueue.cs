using System.Buffers.Binary;
using IoTGateway.Broker.Packets;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// The acknowledgements a connection owes, in the order of its messages (MQTT 5, 4.6). The receive path adds, the sender of
/// acknowledgements takes; the lock is held for a few instructions or for one pass over what is due.
/// </summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class AckQueue(int capacity)
{
    /// <summary>Bytes of the longest acknowledgement: with a reason code.</summary>
    public const int AckSizeBytesAtMost = 5;

    private readonly Lock _lock = new();
    private PendingAck[] _ring = new PendingAck[Math.Min(capacity, 8)];
    private int _head;
    private int _count;
    private int _unacknowledged;
    private long _acknowledged;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether no more may be added.</summary>
    public bool IsFull => Count >= capacity;

    /// <summary>How many messages of the client have not had their last acknowledgement: what counts against the receive maximum.</summary>
    public int Unacknowledged => Volatile.Read(ref _unacknowledged);

    /// <summary>How many acknowledgements said "kept".</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Adds one; never when <see cref="IsFull"/>.</summary>
    public void Add(in PendingAck ack)
    {
        lock (_lock)
        {
            if (_count == _ring.Length)
            {
                Grow_NeedsLock();
            }

            _ring[(_head + _count) % _ring.Length] = ack;
            _count++;
            if (ack.Kind != AckKind.Complete)
            {
                _unacknowledged++;
            }
        }
    }

    /// <summary>What the oldest acknowledgement waits for; false where there is none.</summary>
    public bool TryPeek(out Commit? commit)
    {
        lock (_lock)
        {
            commit = _count > 0 ? _ring[_head].Commit : null;
            return _count > 0;
        }
    }

    /// <summary>Writes the acknowledgements that are due, oldest first, as many as fit; returns the bytes written.</summary>
    public int WriteDue(Span<byte> target)
    {
        lock (_lock)
        {
            var at = 0;
            Commit? durable = null;
            while (_count > 0 && target.Length - at >= AckSizeBytesAtMost)
            {
                ref var ack = ref _ring[_head];
                if (ack.Commit is not null && !ReferenceEquals(ack.Commit, durable))
                {
                    if (!ack.Commit.IsDurable)
                    {
                        break;
                    }

                    durable = ack.Commit;
                }

                at += Write(target[at..], ack);
                Count_NeedsLock(ack);
                ack = default;
                _head = (_head + 1) % _ring.Length;
                _count--;
            }

            return at;
        }
    }

    /// <remarks><code>
    /// offset size
    ///      0    1  packet type: 0x40 PUBACK, 0x50 PUBREC, 0x70 PUBCOMP
    ///      1    1  length of the rest: 2, or 3 with a reason code
    ///      2    2  packet identifier, big-endian
    ///      4    1  reason code, MQTT 5 only, left out where it is success
    /// </code></remarks>
    private static int Write(Span<byte> target, in PendingAck ack)
    {
        var length = ack.Reason == ReasonCode.Success ? 4 : 5;
        target[0] = (byte)ack.Kind;
        target[1] = (byte)(length - 2);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], ack.PacketIdentifier);
        if (length == 5)
        {
            target[4] = (byte)ack.Reason;
        }

        return length;
    }

    private void Count_NeedsLock(in PendingAck ack)
    {
        var failed = ack.Reason >= ReasonCode.Malformed;
        if (ack.Kind != AckKind.Complete && !failed)
        {
            _acknowledged++;
        }

        // A PUBREC that says "kept" is followed by PUBREL and PUBCOMP; every other acknowledgement is the last of its message.
        if (_unacknowledged > 0 && (ack.Kind != AckKind.Received || failed))
        {
            _unacknowledged--;
        }
    }

    private void Grow_NeedsLock()
    {
        var larger = new PendingAck[Math.Min(capacity, _ring.Length * 4)];
        for (var at = 0; at < _count; at++)
        {
            larger[at] = _ring[(_head + at) % _ring.Length];
        }

        _ring = larger;
        _head = 0;
    }
}
