using System.Buffers;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>Gives out blocks of one size, so that a test decides where a receive buffer has its seams.</summary>
internal sealed class ExactPool(int size) : MemoryPool<byte>
{
    public override int MaxBufferSize => size;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Block(new byte[size]);

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Block(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
        }
    }
}
