using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;

namespace IoTGateway.Alerts.Tests.Publishing;

/// <summary>What MQTT subscribers get: topics and payloads to the letter.</summary>
public sealed class MqttAlertPublisherTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly RetainedTopics _topics = new();

    [Fact]
    public async Task Publish_LifeOfAnAlert_RetainsFromActiveUntilItEnds()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"spo2\":86");
        await PublishAsync(gateway, publisher);
        Assert.Empty(_topics.Retained);

        gateway.Pass(6);
        await PublishAsync(gateway, publisher);

        var episode = gateway.Ledger.Find("p1", "spo2-low")!.Episode;
        var version = TestRules.Standard.Version;
        Assert.Equal(
            $$"""
            {"id":"p1:spo2-low","episode":"{{episode}}","alert":"SpO2 low","patient":"p1","ward":"ICU","bed":"ICU-1","priority":"medium","kind":"physiological","state":"active","acknowledged":false,"suppressed":false,"silenced":false,"calls":true,"unverified":false,"since":"2026-11-22T12:00:00.000Z","value":"86 %","limit":"88 %","reason":"SpO2 86 % < 88 % for 5 s","ruleSet":"{{version}}"}
            """,
            _topics.Retained["alerts/ICU/p1/spo2-low"]);

        gateway.Acknowledge("p1", "spo2-low");
        await PublishAsync(gateway, publisher);
        Assert.Contains("\"acknowledged\":true", _topics.Retained["alerts/ICU/p1/spo2-low"], StringComparison.Ordinal);

        gateway.Read("m1", "\"spo2\":95").Pass(4);
        await PublishAsync(gateway, publisher);
        Assert.Empty(_topics.Retained);
        Assert.Equal("R alerts/ICU/p1/spo2-low ", _topics.Published[^1]);
        Assert.Equal(
            ["pending", "active", "active", "clearing", "ended"],
            _topics.Published.Where(line => line.StartsWith("alert-events/ICU/p1 ", StringComparison.Ordinal)).Select(State));
    }

    [Fact]
    public async Task Publish_Transition_SaysWhatChangedWhenAndByWhom()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"hr\":30").Pass(3).Acknowledge("p1", "heart-rate-very-low");
        await PublishAsync(gateway, publisher);

        var status = gateway.Ledger.Find("p1", "heart-rate-very-low")!;
        Assert.Equal(
            $$$"""
            alert-events/ICU/p1 {"number":2,"change":"acknowledged","time":"2026-11-22T12:00:03.000Z","previous":"active","by":"nurse-1","why":"acknowledged by nurse-1","id":"p1:heart-rate-very-low","episode":"{{{status.Episode}}}","alert":"Heart rate very low","patient":"p1","ward":"ICU","bed":"ICU-1","priority":"high","kind":"physiological","state":"active","acknowledged":true,"suppressed":false,"silenced":false,"calls":false,"unverified":false,"since":"2026-11-22T12:00:00.000Z","value":"{{{status.Value}}}","limit":"{{{status.Limit}}}","reason":"{{{status.Reason}}}","ruleSet":"{{{status.RuleSet}}}","acknowledgement":{"by":"nurse-1","at":"2026-11-22T12:00:03.000Z","note":"seen"}}
            """,
            _topics.Published.Last(line => line.StartsWith("alert-events/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publish_PendingThatIsDropped_IsNeverRetained()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"spo2\":86").Pass(1).Read("m1", "\"spo2\":95");

        await PublishAsync(gateway, publisher);

        Assert.DoesNotContain(_topics.Published, line => line.StartsWith("R ", StringComparison.Ordinal));
        Assert.Equal(2, _topics.Published.Count);
    }

    [Fact]
    public async Task Publish_LatchedAlert_StaysRetainedUntilAcknowledged()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"hr\":30").Read("m1", "\"hr\":60");
        gateway.Pass(1).Read("m1", "\"hr\":61");
        await PublishAsync(gateway, publisher);
        Assert.Contains("\"state\":\"latched\"", _topics.Retained["alerts/ICU/p1/heart-rate-very-low"], StringComparison.Ordinal);

        gateway.Acknowledge("p1", "heart-rate-very-low");
        await PublishAsync(gateway, publisher);
        Assert.Empty(_topics.Retained);
    }

    [Fact]
    public async Task Publish_PatientMovesWard_TheOldTopicIsRemoved()
    {
        using var gateway = AlertProcessorTests.Ward();
        using var publisher = Open(gateway);
        gateway.Read("m1", "\"hr\":30").Admit(TestGateway.Bed("D-4", "p1", ward: "Dialysis", devices: ["m1"]));

        await PublishAsync(gateway, publisher);

        Assert.Equal("alerts/Dialysis/p1/heart-rate-very-low", Assert.Single(_topics.Retained).Key);
    }

    [Fact]
    public async Task Start_AfterARestart_PublishesThePresentStateAndNothingOlder()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":30").Read("m2", "\"hr\":30").Pass(1).Acknowledge("p1", "heart-rate-very-low").Read("m2", "\"hr\":60");
        gateway.Acknowledge("p2", "heart-rate-very-low");
        gateway.Settle();

        // The broker still has what was retained before the crash; nothing of the events was published by then.
        _topics.Retained["alerts/ICU/p2/heart-rate-very-low"] = "old";
        using var restarted = gateway.Crash();
        using var publisher = Open(restarted);
        await publisher.PublishPresentAsync(Cancellation);
        await PublishAsync(restarted, publisher);

        var retained = Assert.Single(_topics.Retained);
        Assert.Equal("alerts/ICU/p1/heart-rate-very-low", retained.Key);
        Assert.Contains("\"acknowledged\":true", retained.Value, StringComparison.Ordinal);
        Assert.Single(_topics.Published, line => line.StartsWith("R alerts/ICU/p1/", StringComparison.Ordinal));
        Assert.Equal(restarted.Events().Count, _topics.Published.Count(line => line.StartsWith("alert-events/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publish_BrokerFails_TheEventIsPublishedAgainAfterARestart()
    {
        using var gateway = AlertProcessorTests.Ward();
        using (var publisher = Open(gateway))
        {
            gateway.Read("m1", "\"hr\":30");
            gateway.Settle();
            _topics.Failure = new IOException("The broker has stopped.");
            await Assert.ThrowsAsync<IOException>(() => publisher.PublishAllAsync(Cancellation));
        }

        _topics.Failure = null;
        using var again = Open(gateway);
        await PublishAsync(gateway, again);
        Assert.Single(_topics.Published, line => line.StartsWith("alert-events/", StringComparison.Ordinal));
    }

    private MqttAlertPublisher Open(TestGateway gateway) => new(gateway.Log, _topics, gateway.Ledger.Version, [.. gateway.Ledger.Alerts]);

    private static Task PublishAsync(TestGateway gateway, MqttAlertPublisher publisher)
    {
        gateway.Settle();
        return publisher.PublishAllAsync(Cancellation);
    }

    private static string State(string line)
    {
        using var json = System.Text.Json.JsonDocument.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return json.RootElement.GetProperty("state").GetString()!;
    }
}
