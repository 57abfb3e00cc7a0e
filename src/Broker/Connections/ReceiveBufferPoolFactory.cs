using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker.Connections;

/// <summary>Kestrel asks it for the buffers of each of its input queues.</summary>
internal sealed class ReceiveBufferPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ReceiveBufferPool();
}
