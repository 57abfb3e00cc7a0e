using IoTGateway.Broker.Connections;

namespace IoTGateway.Broker.Tests.Connections;

public class SignalTests
{
    [Fact]
    public void WaitAsync_SetBefore_CompletesOnce()
    {
        var signal = new Signal(continueInline: true);
        signal.Set();
        signal.Set();

        Assert.True(signal.WaitAsync().AsTask().IsCompleted);
        Assert.False(signal.WaitAsync().AsTask().IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Set_FromAnotherThreadManyTimes_NeverLosesAWaiter(bool continueInline)
    {
        const int Rounds = 20_000;
        var ping = new Signal(continueInline: false);
        var pong = new Signal(continueInline);
        var cancellation = TestContext.Current.CancellationToken;
        var other = Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await ping.WaitAsync();
                    pong.Set();
                }
            },
            cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            ping.Set();
            await pong.WaitAsync();
        }

        await other.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
    }
}
