using IoTGateway.FirmwareSim.Device;

namespace IoTGateway.FirmwareSim.Tests.Device;

public class ReconnectBackoffTests
{
    [Fact]
    public void Next_FailureAfterFailure_DoublesUpToTheLongestWithJitter()
    {
        var backoff = new ReconnectBackoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), new Random(1));
        var expected = new[] { 200.0, 400, 800, 1600, 3200, 5000, 5000 };
        foreach (var milliseconds in expected)
        {
            Assert.InRange(backoff.Next().TotalMilliseconds, milliseconds * 0.75, milliseconds);
        }

        for (var failure = 0; failure < 1000; failure++)
        {
            Assert.InRange(backoff.Next(), TimeSpan.FromSeconds(3.75), TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public void Reset_AfterFailures_StartsFromTheFirstPause()
    {
        var backoff = new ReconnectBackoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), new Random(1));
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalMilliseconds, 150, 200);
    }
}
