using System.Globalization;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: the shipped watchdog alarms when the gateway is gone, and says when it is back. Method: it watches a gateway that is killed and started again.</summary>
public sealed class WatchdogTests : EndToEndTest
{
    private const string Script = "deploy/watchdog/iotgateway-watchdog.sh";

    /// <summary>A little more than the interval of the heartbeat.</summary>
    private const string Limit = "12";

    [Fact]
    public async Task Watchdog_GatewayKilledAndBack_RunsBothCommands()
    {
        OutsidePrograms.Require("mosquitto_sub", "mosquitto-clients");
        int port;
        OutsideProcess watchdog;
        using (var gateway = await StartGatewayAsync())
        {
            port = gateway.MqttPort;
            watchdog = new OutsideProcess("bash", Repository.PathOf(Script), "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), Limit, "echo ALARM", "echo RECOVERED");
            await Eventually.HoldsAsync("it watches", Deadline, () => watchdog.Output.Contains("watching", StringComparison.Ordinal), Cancellation);
            Assert.DoesNotContain("ALARM", watchdog.Output, StringComparison.Ordinal);
            await gateway.KillAsync(Cancellation);
        }

        using (watchdog)
        {
            await Eventually.HoldsAsync("it alarms", Deadline, () => watchdog.Output.Contains("ALARM 1", StringComparison.Ordinal), Cancellation);
            using (await StartGatewayAsync(port))
            {
                await Eventually.HoldsAsync("it recovers", Deadline, () => watchdog.Output.Contains("RECOVERED", StringComparison.Ordinal), Cancellation);
            }

            watchdog.Terminate();
            await watchdog.WaitForSuccessAsync(TimeSpan.FromSeconds(20), Cancellation);
        }
    }

    [Fact]
    public async Task Watchdog_WithoutItsArguments_SaysHowItIsUsed()
    {
        using var watchdog = new OutsideProcess("bash", Repository.PathOf(Script), "127.0.0.1");
        await Eventually.HoldsAsync("it ends", Deadline, () => watchdog.HasExited && watchdog.Output.Contains("usage:", StringComparison.Ordinal), Cancellation);
    }
}
