using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Broker.Tests.Connections;

public class ReceiveBufferPoolTests
{
    private readonly ReceiveBufferPool _pool = new();

    [Fact]
    public void Rent_AsManyAsThereAre_AreLargeAndTheRestSmall()
    {
        var rented = Enumerable.Range(0, ReceiveBufferPool.LargeAtMost + 2).Select(_ => _pool.Rent(1_000)).ToList();

        Assert.All(rented.Take(ReceiveBufferPool.LargeAtMost), buffer => Assert.Equal(ReceiveBufferPool.LargeSizeBytes, buffer.Memory.Length));
        Assert.All(rented.Skip(ReceiveBufferPool.LargeAtMost), buffer => Assert.Equal(ReceiveBufferPool.SmallSizeBytes, buffer.Memory.Length));
        rented.ForEach(buffer => buffer.Dispose());
        Assert.Equal(ReceiveBufferPool.LargeSizeBytes, _pool.Rent().Memory.Length);
    }

    [Fact]
    public void Rent_LargerThanASmallOneWhereTheLargeOnesAreOut_IsAsLargeAsAsked()
    {
        var rented = Enumerable.Range(0, ReceiveBufferPool.LargeAtMost).Select(_ => _pool.Rent()).ToList();

        Assert.True(_pool.Rent(10_000).Memory.Length >= 10_000);
        Assert.Equal(ReceiveBufferPool.LargeAtMost, rented.Count);
    }

    [Fact]
    public void Rent_LargerThanTheLargest_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(ReceiveBufferPool.LargeSizeBytes + 1));

    [Fact]
    public async Task AddMqttBroker_HostWithKestrel_TakesItsBuffersFromThePool()
    {
        await using var host = await BrokerHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMqttBroker(host.Broker);
        await using var web = builder.Build();

        Assert.IsType<ReceiveBufferPool>(web.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create());
    }

    [Fact]
    public void Dispose_Twice_GivesTheBufferToOneOnly()
    {
        var buffer = _pool.Rent();
        buffer.Dispose();
        buffer.Dispose();

        Assert.Same(buffer, _pool.Rent());
        Assert.NotSame(buffer, _pool.Rent());
    }

    [Fact]
    public void Rent_AndGiveBack_AllocatesNothing()
    {
        _pool.Rent().Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 10_000; count++)
        {
            _pool.Rent().Dispose();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }
}
