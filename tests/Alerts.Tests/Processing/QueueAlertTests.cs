using System.Buffers;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

public class QueueAlertTests
{
    [Fact]
    public void Damage_Recorded_RaisesOneAlertThatStaysUntilSomebodyHasSeenIt()
    {
        using var gateway = new TestGateway();
        AppendDamage(gateway);
        gateway.Consume();

        var alert = gateway.Ledger.Find("gateway", "stored-records-are-damaged");
        Assert.NotNull(alert);
        Assert.Equal((AlertState.Latched, AlertPriority.Medium, AlertKind.Technical), (alert.State, alert.Priority, alert.Kind));
        Assert.Contains("00000000000000000000.log, byte 640", alert.Reason, StringComparison.Ordinal);
        Assert.Contains("devices/monitor-3/vitals numbers 7 to 9", alert.Reason, StringComparison.Ordinal);

        using var restarted = gateway.Crash();
        restarted.Consume().Pass(5);
        Assert.Equal(AlertState.Latched, restarted.Ledger.Find("gateway", "stored-records-are-damaged")?.State);
    }

    [Fact]
    public void Damage_OfACheckpoint_SaysThatNothingIsLost()
    {
        using var gateway = new TestGateway();
        var body = new ArrayBufferWriter<byte>();
        DamageRecord.Write(body, new LogDamage(
            "alerts.00000000000000000640.checkpoint", 0, new LogPosition(640), new LogPosition(640), "this checkpoint cannot be read, so the one before it is used", 0, []));
        gateway.Append(RecordKind.Damage, null, body.WrittenSpan.ToArray());
        gateway.Consume();

        Assert.Null(gateway.Ledger.Find("gateway", "stored-records-are-damaged"));
        var alert = gateway.Ledger.Find("gateway", "stored-file-is-damaged");
        Assert.NotNull(alert);
        Assert.Equal((AlertState.Latched, AlertPriority.Low, AlertKind.Technical), (alert.State, alert.Priority, alert.Kind));
        Assert.StartsWith("A checkpoint could not be read; an older one was used; nothing is lost.", alert.Message, StringComparison.Ordinal);
        Assert.Equal("nothing is lost", alert.Value);
    }

    [Fact]
    public void Admission_FullThenAccepting_RaisesAHighAlertAndEndsIt()
    {
        using var gateway = new TestGateway();
        gateway.Append(RecordKind.Admission, null, new AdmissionRecord(true, 900_000_000, 900_000_000, 5_000_000_000).Write());
        gateway.Consume();
        var alert = gateway.Ledger.Find("gateway", "readings-are-refused");
        Assert.NotNull(alert);
        Assert.Equal((AlertState.Active, AlertPriority.High, AlertKind.Technical), (alert.State, alert.Priority, alert.Kind));
        Assert.Equal("900 MB used, 5000 MB left on the volume", alert.Value);

        gateway.Append(RecordKind.Admission, null, new AdmissionRecord(false, 1_000, 900_000_000, 5_000_000_000).Write());
        gateway.Consume();
        Assert.Null(gateway.Ledger.Find("gateway", "readings-are-refused"));
        Assert.Equal(AlertState.Ended, gateway.Events()[^1].Status.State);
    }

    [Theory]
    [InlineData("influx", "influxdb-takes-no-readings", "InfluxDB takes no readings")]
    [InlineData("store", "readings-are-not-stored", "Readings are not stored")]
    public void SinkTrouble_AwayThenWorking_RaisesATechnicalAlertAndEndsIt(string consumer, string slug, string name)
    {
        using var gateway = new TestGateway();
        var since = gateway.Now - TimeSpan.FromMinutes(15);
        gateway.Append(RecordKind.SinkTrouble, null, new SinkTroubleRecord(consumer, true, since.UnixMilliseconds, "http://db does not accept the token (401). Set it.").Write());
        gateway.Consume();
        var alert = gateway.Ledger.Find("gateway", slug);
        Assert.NotNull(alert);
        Assert.Equal((name, AlertState.Active, AlertPriority.Medium, AlertKind.Technical), (alert.Alert, alert.State, alert.Priority, alert.Kind));
        Assert.Equal((since, "http://db does not accept the token (401). Set it."), (alert.Since, alert.Reason));

        // Another reason is the same episode, with the reason of now.
        gateway.Append(RecordKind.SinkTrouble, null, new SinkTroubleRecord(consumer, true, gateway.Now.UnixMilliseconds, "http://db has no database 'iot'. Create it.").Write());
        gateway.Consume();
        var changed = gateway.Ledger.Find("gateway", slug)!;
        Assert.Equal((alert.Episode, since, "http://db has no database 'iot'. Create it."), (changed.Episode, changed.Since, changed.Reason));

        gateway.Append(RecordKind.SinkTrouble, null, new SinkTroubleRecord(consumer, false, gateway.Now.UnixMilliseconds, "").Write());
        gateway.Consume();
        Assert.Null(gateway.Ledger.Find("gateway", slug));
        Assert.Equal(AlertState.Ended, gateway.Events()[^1].Status.State);
    }

    [Fact]
    public void SinkTrouble_WorksAndNothingStands_SaysNothing()
    {
        using var gateway = new TestGateway();
        gateway.Append(RecordKind.SinkTrouble, null, new SinkTroubleRecord("influx", false, gateway.Now.UnixMilliseconds, "").Write());
        gateway.Consume();
        Assert.Empty(gateway.Events());
    }

    private static void AppendDamage(TestGateway gateway)
    {
        var body = new ArrayBufferWriter<byte>();
        DamageRecord.Write(body, new LogDamage(
            "00000000000000000000.log", 640, new LogPosition(640), new LogPosition(900), "these bytes are not what was written", 3,
            [new MissingSequences("devices/monitor-3/vitals", 7, 9)]));
        gateway.Append(RecordKind.Damage, null, body.WrittenSpan.ToArray());
    }
}
