using IoTGateway.Queue.Draining;

namespace IoTGateway.Queue.Tests.Draining;

public class BackoffTests
{
    [Fact]
    public void Next_AgainAndAgain_DoublesToTheLimitWithinItsSecondHalf()
    {
        const int Seed = 20261122;
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(Seed));
        foreach (var whole in new[] { 1.0, 2, 4, 8, 10, 10, 10 })
        {
            var delay = backoff.Next().TotalSeconds;
            Assert.True(delay >= whole / 2 && delay <= whole, $"{delay} s is not within {whole / 2} and {whole} s (seed {Seed})");
        }
    }

    [Fact]
    public void Reset_AfterFailures_BeginsAnew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(1));
        for (var count = 0; count < 10; count++)
        {
            backoff.Next();
        }

        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Next_TwoGateways_DoNotGoInStep()
    {
        var left = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(1));
        var right = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(2));
        Assert.NotEqual(left.Next(), right.Next());
    }
}
