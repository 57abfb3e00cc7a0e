using System.Diagnostics;
using System.Globalization;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: the first command of the README shows what it promises. Method: it is run, and ended as a user ends it.</summary>
public sealed class DemoTests : EndToEndTest
{
    /// <summary>What the issue of a user's first minute promises, with three times the room for a busy machine.</summary>
    private static readonly TimeSpan AlertWithin = TimeSpan.FromSeconds(30) * 3;

    [Fact]
    public async Task Demo_HalfAMinute_AlertOnConsoleBoardAndTopic_ThenCtrlCEndsIt()
    {
        var subscribe = OutsidePrograms.Require("mosquitto_sub", "mosquitto-clients");
        using var demo = await GatewayProcess.StartAsync("demo", Data, 0, Cancellation);
        using var alerts = new OutsideProcess(subscribe, "-p", demo.MqttPort.ToString(CultureInfo.InvariantCulture), "-t", "alerts/#", "-v");
        using var http = new HttpClient { BaseAddress = demo.Board };
        var watch = Stopwatch.StartNew();

        await Eventually.HoldsAsync("the alert is on its topic", AlertWithin, () => alerts.Output.Contains("alerts/Demo/patient-3/spo2-low {", StringComparison.Ordinal), Cancellation);
        await Eventually.HoldsAsync("the alert is in the console", AlertWithin - watch.Elapsed, () => demo.Output.Contains("MEDIUM   Bed 3  SpO2 low", StringComparison.Ordinal), Cancellation);
        await Eventually.HoldsAsync(
            "the alert is on the board", AlertWithin - watch.Elapsed, async () => (await http.GetStringAsync("api/patients", Cancellation)).Contains("SpO2 low", StringComparison.Ordinal), Cancellation);
        Assert.Contains(" readings/s | waiting in queues: ", demo.Output, StringComparison.Ordinal);
        Assert.Contains(Data, demo.Output, StringComparison.Ordinal);

        demo.Interrupt();
        await demo.WaitForExitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(0, demo.ExitCode);
    }
}
