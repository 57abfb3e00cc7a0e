using System.Text.Json;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Tests.Server;
using IoTGateway.FirmwareSim.Ward;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.FirmwareSim.Tests.Ward;

public sealed class WardSimulationTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 40, 0, TimeSpan.Zero);

    private readonly ScriptedServer _server = new();
    private readonly FakeTimeProvider _clock = new(Start);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task RunAsync_ForHalfAMinute_OneReadingABedASecondAndADeterioration()
    {
        var ward = new WardSimulation(Options() with { Beds = 4, Duration = TimeSpan.FromSeconds(30) }, _clock);
        await AdvanceUntilDoneAsync(ward.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal((120, 120), (ward.ReadingsSent, ward.ReadingsAcknowledged));
        Assert.Equal(
            ["monitor-1", "monitor-2", "monitor-3", "monitor-4"],
            _server.Of(PacketType.Connect).Select(packet => packet.ClientId).Order(StringComparer.Ordinal));
        for (var bed = 1; bed <= 4; bed++)
        {
            var readings = ReadingsOf(bed);
            var phase = (bed - 1) * 250;
            Assert.Equal(
                Enumerable.Range(0, 30).Select(second => Start.ToUnixTimeMilliseconds() + phase + (second * 1000L)),
                readings.Select(reading => reading.GetProperty("ts").GetInt64()));
            Assert.Equal(Enumerable.Range(1, 30), readings.Select(reading => reading.GetProperty("seq").GetInt32()));
        }

        Assert.True(ReadingsOf(3)[29].GetProperty("spo2").GetDouble() < 90);
        Assert.All(ReadingsOf(1), reading => Assert.InRange(reading.GetProperty("hr").GetDouble(), 50, 120));
    }

    [Fact]
    public async Task RunAsync_SensorOff_SendsNullAndNumbersAgainAfterwards()
    {
        var options = Options() with { Beds = 4, Seed = 7, Duration = TimeSpan.FromSeconds(65) };
        var loose = new WardScenario(4, 7).Cycle(0)[1].Bed;
        await AdvanceUntilDoneAsync(new WardSimulation(options, _clock).RunAsync(TestContext.Current.CancellationToken));

        var kinds = ReadingsOf(loose).Select(reading => reading.GetProperty("spo2").ValueKind).ToList();
        Assert.All(kinds[..20], kind => Assert.Equal(JsonValueKind.Number, kind));
        Assert.All(kinds[20..60], kind => Assert.Equal(JsonValueKind.Null, kind));
        Assert.All(kinds[60..], kind => Assert.Equal(JsonValueKind.Number, kind));
    }

    [Fact]
    public async Task RunAsync_Cancelled_SaysOfflineAndDisconnects()
    {
        using var cancel = new CancellationTokenSource();
        var ward = new WardSimulation(Options() with { Beds = 2 }, _clock);
        var running = ward.RunAsync(cancel.Token);
        await AdvanceUntilAsync("readings", () => ward.ReadingsAcknowledged >= 4);
        await cancel.CancelAsync();
        await AdvanceUntilDoneAsync(running);

        await _server.SawAsync("both ends", packets => packets.Count(packet => packet.Type == PacketType.Disconnect) == 2);
        var offline = _server.Of(PacketType.Publish).Where(packet => packet.Payload.Contains("offline", StringComparison.Ordinal)).ToList();
        Assert.Equal(["devices/monitor-1/status", "devices/monitor-2/status"], offline.Select(packet => packet.Topic).Order(StringComparer.Ordinal));
        Assert.All(offline, packet => Assert.True(packet.Retain));
    }

    [Fact]
    public async Task RunAsync_CancelledWithoutAGateway_EndsAllTheSame()
    {
        _server.StopListening();
        using var cancel = new CancellationTokenSource();
        var ward = new WardSimulation(Options(), _clock);
        var running = ward.RunAsync(cancel.Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await cancel.CancelAsync();
        await AdvanceUntilDoneAsync(running);
        Assert.Equal(0, ward.ReadingsAcknowledged);
    }

    [Fact]
    public async Task RunAsync_GatewayAwayForAWhile_NoReadingIsMissing()
    {
        var ward = new WardSimulation(Options() with { Beds = 1, Quality = DeliveryQuality.ExactlyOnce, Duration = TimeSpan.FromSeconds(40) }, _clock);
        var running = ward.RunAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync("readings", () => ward.ReadingsAcknowledged >= 5);
        _server.StopListening();
        var away = _clock.GetUtcNow();
        await AdvanceUntilAsync("ten seconds", () => _clock.GetUtcNow() - away > TimeSpan.FromSeconds(10));
        _server.Listen();
        await AdvanceUntilDoneAsync(running);

        var sequences = ReadingsOf(1).Select(reading => reading.GetProperty("seq").GetInt32()).Distinct();
        Assert.Equal(Enumerable.Range(1, 40), sequences);
        Assert.Equal(40, ward.ReadingsAcknowledged);
    }

    [Fact]
    public async Task RunAsync_NotAuthorized_FailsWithTheReason()
    {
        _server.Script = packet => packet.Type == PacketType.Connect ? Answer.Of(0x20, 2, 0, 5) : Answer.Usual;
        var running = new WardSimulation(Options(), _clock).RunAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<GatewayRefusedException>(() => AdvanceUntilDoneAsync(running));
    }

    private WardSimulationOptions Options() => new() { Port = _server.Port };

    private List<JsonElement> ReadingsOf(int bed) =>
        [.. _server.Of(PacketType.Publish).Where(packet => packet.Topic == $"devices/monitor-{bed}/vitals").Select(packet => JsonElement.Parse(packet.Payload))];

    private async Task AdvanceUntilDoneAsync(Task task)
    {
        await AdvanceUntilAsync("the simulation is over", () => task.IsCompleted);
        await task;
    }

    private Task AdvanceUntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(
        what,
        TimeSpan.FromSeconds(30),
        () =>
        {
            if (condition())
            {
                return true;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return false;
        },
        TestContext.Current.CancellationToken);
}
