using System.Diagnostics;
using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;
using IoTGateway.Tests.Support;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>A client that others wrote.</summary>
public class MosquittoTests
{
    private const string Package = "mosquitto-clients";

    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Publish_FromMosquittoPub_IsKept(string version, int qualityOfService)
    {
        var program = OutsidePrograms.Require("mosquitto_pub", Package);
        await using var host = await BrokerHost.StartAsync();
        string[] arguments = ["-p", $"{host.Port}", "-V", version, "-q", $"{qualityOfService}", "-t", "devices/d/vitals", "-m", "{\"hr\":72}", "--repeat", "3"];

        using var publisher = Start(program, arguments);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (publisher.ExitCode, await publisher.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        await BrokerHost.UntilAsync("all are in the log", () => host.Records(RecordKind.Reading).Count == 3);
        Assert.All(host.Records(RecordKind.Reading), record => Assert.Equal(("{\"hr\":72}", qualityOfService), (record.Payload, record.QualityOfService)));
        Assert.Equal(qualityOfService == 2 ? 3 : 0, host.Records(RecordKind.Release).Count);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Retain_ForMosquittoSub_IsPrinted(string version)
    {
        var program = OutsidePrograms.Require("mosquitto_sub", Package);
        await using var host = await BrokerHost.StartAsync();
        await host.Broker.RetainAsync("alerts/icu/p1/low-spo2", "{\"state\":\"active\"}"u8.ToArray(), TestContext.Current.CancellationToken);

        using var subscriber = Start(program, ["-p", $"{host.Port}", "-V", version, "-t", "alerts/#", "-v", "-q", "1", "-C", "1"]);
        var line = await subscriber.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await subscriber.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("alerts/icu/p1/low-spo2 {\"state\":\"active\"}", line);
    }

    private static Process Start(string program, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
