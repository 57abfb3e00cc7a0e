using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Goal: programs we did not write can use the gateway. Method: Debian's Mosquitto clients publish, subscribe and acknowledge.</summary>
public sealed class ForeignClientTests : EndToEndTest
{
    [Fact]
    public async Task Mosquitto_LowSpO2AcknowledgedAndRecovered_AlertIsRaisedSeenAndEnds()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var subscribe = OutsidePrograms.Require("mosquitto_sub", "mosquitto-clients");
        using var gateway = await StartGatewayAsync();
        var port = gateway.MqttPort.ToString(CultureInfo.InvariantCulture);
        using var alerts = new OutsideProcess(subscribe, "-p", port, "-t", "alerts/#", "-v");

        // The shipped rule waits 3 s below 80 %. Other alerts of the same values may come as well.
        const string Topic = "alerts/unassigned/nurse-cart-1/spo2-low";
        await PublishAsync(publish, port, 72);
        await Eventually.HoldsAsync("the alert is raised", Deadline, () => Messages(alerts).Any(message => message is { Topic: Topic, State: "active" }), Cancellation);
        var alert = Messages(alerts).Last(message => message is { Topic: Topic, State: "active" });

        await OutsideProcess.RunAsync(publish, "-p", port, "-q", "2", "-i", "nurse-anna", "-t", alert.Topic + "/ack", "-m", $$"""{"episode":"{{alert.Episode}}","note":"on my way"}""");
        await Eventually.HoldsAsync("the acknowledgement is seen", Deadline, () => Messages(alerts).Any(message => message.Acknowledged), Cancellation);

        await PublishAsync(publish, port, 98);
        await Eventually.HoldsAsync(
            "the alert ends and its retained message is removed", Deadline, async () =>
            {
                await PublishAsync(publish, port, 98);
                return alerts.Output.Split('\n').Any(line => line.TrimEnd() == alert.Topic + " (null)" || line.TrimEnd() == alert.Topic);
            },
            Cancellation);
    }

    private static Task PublishAsync(string program, string port, int saturation) =>
        OutsideProcess.RunAsync(program, "-p", port, "-q", "2", "-t", "devices/nurse-cart-1/vitals", "-m", $$"""{"spo2":{{saturation}},"hr":80}""");

    private static List<(string Topic, string Episode, string State, bool Acknowledged)> Messages(OutsideProcess alerts) =>
    [
        .. alerts.Output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains(" {", StringComparison.Ordinal)).Select(line =>
        {
            var space = line.IndexOf(" {", StringComparison.Ordinal);
            using var json = JsonDocument.Parse(line[space..]);
            var alert = json.RootElement;
            return (line[..space], alert.GetProperty("episode").GetString()!, alert.GetProperty("state").GetString()!, alert.GetProperty("acknowledged").GetBoolean());
        }),
    ];
}
