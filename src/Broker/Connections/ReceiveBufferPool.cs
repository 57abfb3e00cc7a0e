using System.Buffers;
using System.Collections.Concurrent;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// The buffers of the transport. They are large enough for a window of readings, so that what a client sends at once arrives with one read and is
/// kept with one flush. No connection has one while it is silent; where very many hold one, with half a packet in it, the others get small ones.
/// </summary>
internal sealed class ReceiveBufferPool : MemoryPool<byte>
{
    /// <summary>A hundred readings of the usual size, and some room.</summary>
    public const int LargeSizeBytes = 16 << 10;

    /// <summary>What the transport takes at least.</summary>
    public const int SmallSizeBytes = 4 << 10;

    /// <summary>How many large ones one pool makes at most: 8 MiB. They are made at need and kept. Kestrel has a pool for each of its input queues, at most one a processor.</summary>
    public const int LargeAtMost = 512;

    private readonly ConcurrentQueue<Buffer> _free = new();
    private int _made;

    /// <inheritdoc/>
    public override int MaxBufferSize => LargeSizeBytes;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, LargeSizeBytes);
        if (_free.TryDequeue(out var buffer))
        {
            buffer.Take();
            return buffer;
        }

        return Volatile.Read(ref _made) < LargeAtMost && Interlocked.Increment(ref _made) <= LargeAtMost
            ? new Buffer(_free)
            : Shared.Rent(Math.Max(minBufferSize, SmallSizeBytes));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A buffer that is still out goes back to the queue, and with it to the garbage collector.
    }

    /// <summary>A large buffer. Pinned for its whole life: the operating system reads into it.</summary>
    private sealed class Buffer(ConcurrentQueue<Buffer> free) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(LargeSizeBytes, pinned: true);
        private int _rented = 1;

        public Memory<byte> Memory => _bytes;

        public void Take() => Volatile.Write(ref _rented, 1);

        public void Dispose()
        {
            // Once: a buffer that is given back twice would belong to two connections.
            if (Interlocked.Exchange(ref _rented, 0) == 1)
            {
                free.Enqueue(this);
            }
        }
    }
}
