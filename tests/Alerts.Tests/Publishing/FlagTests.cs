using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;

namespace IoTGateway.Alerts.Tests.Publishing;

/// <summary>What MQTT subscribers and the ward view get of alerts that are held back or only tried.</summary>
public sealed class FlagTests
{
    private const string Trial = """

          - alert: Tighter limit (trial)
            when: spo2 < 92
            latch: true
            priority: low
            message: "SpO2 {spo2} %"
        """;

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly RetainedTopics _topics = new();

    [Fact]
    public async Task Suppressed_SuppressorEnds_IsAnnounced()
    {
        using var gateway = AlertProcessorTests.Ward(engine: () => new FlaggingEngine());
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"hr\":30,\"spo2\":86").Pass(6);
        await PublishAsync(gateway, publisher);
        Assert.Contains("\"suppressed\":true,\"suppressedBy\":\"Heart rate very low\"", _topics.Retained["alerts/ICU/p1/spo2-low"], StringComparison.Ordinal);
        var seen = _topics.Published.Count;

        gateway.Acknowledge("p1", "heart-rate-very-low").Read("m1", "\"hr\":60,\"spo2\":86");
        await PublishAsync(gateway, publisher);

        Assert.Contains("\"suppressed\":false,\"silenced\"", _topics.Retained["alerts/ICU/p1/spo2-low"], StringComparison.Ordinal);
        var announced = Assert.Single(_topics.Published.Skip(seen), line => line.Contains("\"change\":\"announced\"", StringComparison.Ordinal));
        Assert.StartsWith("alert-events/ICU/p1 ", announced, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"active\"", announced, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilencedAndHeld_Alert_SaysWhoAndUntilWhen()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"spo2\":80").Pass(6);
        await PublishAsync(gateway, publisher);
        var topic = "alerts/ICU/p1/spo2-low";
        Assert.Contains("\"silenced\":false,\"calls\":true", _topics.Retained[topic], StringComparison.Ordinal);

        gateway.Give(new SilenceAlert("p1:spo2-low", gateway.Ledger.Find("p1:spo2-low")!.Episode, TimeSpan.FromMinutes(10), "moving"));
        await PublishAsync(gateway, publisher);
        Assert.Contains("\"silenced\":true,\"calls\":false", _topics.Retained[topic], StringComparison.Ordinal);
        var told = _topics.Published[^2];
        Assert.Contains("\"change\":\"silenced\"", told, StringComparison.Ordinal);
        Assert.Contains("\"by\":\"nurse-1\",\"why\":\"silenced by nurse-1 for 10 min: moving\"", told, StringComparison.Ordinal);
        Assert.Contains("\"silence\":{\"by\":\"nurse-1\",\"reason\":\"moving\",\"at\":\"2026-11-22T12:00:06.000Z\",\"until\":\"2026-11-22T12:10:06.000Z\"}", told, StringComparison.Ordinal);

        gateway.Give(new PausePatient("p1", TimeSpan.FromMinutes(5)));
        await PublishAsync(gateway, publisher);
        Assert.Contains("\"silenced\":true,\"hold\":\"pause\",\"calls\":false", _topics.Retained[topic], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shadow_WholeLife_StandsInTheLogAloneAlsoOverARestart()
    {
        using var gateway = AlertProcessorTests.Ward(engine: () => new FlaggingEngine());
        using var publisher = Open(gateway);
        gateway.Load(TestRules.Compile(TestRules.Text + Trial)).Read("m1", "\"spo2\":91").Pass(1);
        await PublishAsync(gateway, publisher);

        Assert.Equal(["p1 tighter-limit-trial active"], gateway.Story());
        Assert.True(gateway.Events()[0].Status.Shadow);
        Assert.Empty(_topics.Published);
        Assert.All(gateway.View.Snapshot().Tiles, tile => Assert.Empty(tile.Alerts));
        Assert.Empty(gateway.View.RecentTransitions(10));

        gateway.Settle();
        using var restarted = gateway.Crash(engine: () => new FlaggingEngine());
        using var again = Open(restarted);
        await again.PublishPresentAsync(Cancellation);
        await PublishAsync(restarted, again);
        Assert.Empty(_topics.Published);
        Assert.All(restarted.View.Snapshot().Tiles, tile => Assert.Empty(tile.Alerts));
    }

    private MqttAlertPublisher Open(TestGateway gateway) => new(gateway.Log, _topics, gateway.Ledger.Version, [.. gateway.Ledger.Alerts]);

    private static async Task PublishAsync(TestGateway gateway, MqttAlertPublisher publisher)
    {
        gateway.Settle();
        await publisher.PublishAllAsync(Cancellation);
    }
}
