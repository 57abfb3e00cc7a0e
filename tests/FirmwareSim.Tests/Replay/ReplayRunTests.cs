using System.Globalization;
using System.Text.Json;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Replay;
using IoTGateway.FirmwareSim.Tests.Server;
using IoTGateway.Readings;
using IoTGateway.Tests.Support;

namespace IoTGateway.FirmwareSim.Tests.Replay;

/// <summary>Whole replays of the recordings over real connections.</summary>
public sealed class ReplayRunTests : IAsyncDisposable
{
    private static readonly Instant Start = new(1_700_000_000_000);

    private readonly ScriptedServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task RunAsync_SixtyPatients_OneConnectionEachAndEveryReadingOnce()
    {
        var recording = RecordingReader.ReadFile(Repository.PathOf("tests/data/vitals/challenge2012_48h.csv"));
        var run = new ReplayRun(recording, Options(DeliveryQuality.AtLeastOnce) with { DevicePrefix = "icu-" }, TimeProvider.System);
        await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            recording.Patients.Select(patient => $"icu-{patient.Patient}").Order(StringComparer.Ordinal),
            _server.Of(PacketType.Connect).Select(packet => packet.ClientId).Order(StringComparer.Ordinal));
        Assert.Equal(new DeviceCounters(3435, 3435, 0, 0, 0), run.Counters);
        AssertAllArrivedInOrder(recording, "icu-", _server.Of(PacketType.Publish));
    }

    /// <summary>
    /// Goal: a replay completes through any number of deaths of the gateway, each reading delivered once. Method: the server resets the
    /// connection on one of 150 packets, without answering it, and keeps its QoS 2 state like a gateway that has made it durable.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task RunAsync_GatewayDiesAgainAndAgain_EachReadingIsDeliveredOnce(int seed)
    {
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var open = new HashSet<int>();
        var delivered = new List<RecordedPacket>();
        _server.Script = packet =>
        {
            // A packet that arrives is handled also when its answer is lost.
            if (packet.Type == PacketType.Publish && open.Add(packet.PacketId))
            {
                delivered.Add(packet);
            }
            else if (packet.Type == PacketType.PubRel)
            {
                open.Remove(packet.PacketId);
            }

            return random.Next(150) == 0 ? Answer.Reset : Answer.Usual;
        };
        var recording = RecordingReader.ReadFile(Repository.PathOf("tests/data/vitals/mimic_1p024s_hour.csv"));
        var run = new ReplayRun(recording, Options(DeliveryQuality.ExactlyOnce), TimeProvider.System);
        await run.RunAsync(TestContext.Current.CancellationToken);

        AssertAllArrivedInOrder(recording, "", delivered);
        Assert.Equal((3516, 3516, 0), (run.Counters.Sent, run.Counters.Acknowledged, run.Counters.SentAnew));
        Assert.InRange(run.Counters.Reconnects, 10, 500);
        Assert.True(run.Counters.Resent > 0);
    }

    [Fact]
    public async Task RunAsync_MorePatientsThanConnections_TakesThemInTurn()
    {
        var atOnce = 0;
        var most = 0;
        _server.Script = packet =>
        {
            atOnce += packet.Type switch { PacketType.Connect => 1, PacketType.Disconnect => -1, _ => 0 };
            most = Math.Max(most, atOnce);
            return Answer.Usual;
        };
        var recording = RecordingReader.ReadFile(Repository.PathOf("tests/data/vitals/challenge2012_48h.csv"));
        var run = new ReplayRun(recording, Options(DeliveryQuality.AtLeastOnce) with { Connections = 4 }, TimeProvider.System);
        await run.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3435, run.Counters.Acknowledged);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public void Constructor_SetSpeedWithMorePatientsThanConnections_SaysWhatToRaise()
    {
        var recording = RecordingReader.ReadFile(Repository.PathOf("tests/data/vitals/challenge2012_48h.csv"));
        var error = Assert.Throws<ArgumentException>(
            () => new ReplayRun(recording, Options(DeliveryQuality.AtLeastOnce) with { Connections = 59, Speed = 1 }, TimeProvider.System));
        Assert.Contains("--connections", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OneDeviceRefused_EndsTheRunWithItsReason()
    {
        _server.Script = packet => packet is { Type: PacketType.Connect, ClientId: "c12-132582" } ? Answer.Of(0x20, 2, 0, 5) : Answer.Usual;
        var recording = RecordingReader.ReadFile(Repository.PathOf("tests/data/vitals/challenge2012_48h.csv"));
        var run = new ReplayRun(recording, Options(DeliveryQuality.AtLeastOnce), TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<GatewayRefusedException>(() => run.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("c12-132582", refusal.Message, StringComparison.Ordinal);
    }

    private ReplayOptions Options(DeliveryQuality quality) => new()
    {
        Start = ReplayStart.At(Start),
        Quality = quality,
        Device = new DeviceClientOptions
        {
            ClientId = "replay",
            Port = _server.Port,
            RetryFirst = TimeSpan.FromMilliseconds(1),
            RetryLongest = TimeSpan.FromMilliseconds(5),
        },
    };

    /// <summary>Compares what arrived with the recording, number by number as text, patient by patient in the order of time.</summary>
    private static void AssertAllArrivedInOrder(Recording recording, string prefix, IEnumerable<RecordedPacket> arrived)
    {
        var byTopic = arrived.ToLookup(packet => packet.Topic);
        foreach (var patient in recording.Patients)
        {
            var expected = patient.Readings.Select(reading => string.Join(
                ' ', reading.Values.Select(value => $"{value.Metric}={value.Text}").Prepend($"ts={(Start + reading.Time).UnixMilliseconds.ToString(CultureInfo.InvariantCulture)}")));
            Assert.Equal(expected, byTopic[$"devices/{prefix}{patient.Patient}/vitals"].Select(packet => Flatten(packet.Payload)));
        }

        Assert.Equal(recording.Readings, byTopic.Sum(topic => topic.LongCount()));
    }

    private static string Flatten(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return string.Join(' ', json.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText()}"));
    }
}
