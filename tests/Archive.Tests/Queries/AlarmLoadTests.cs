using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Queries;

/// <summary>How many alerts, at how many beds, answered how fast.</summary>
public sealed class AlarmLoadTests : IDisposable
{
    private const int Steps = 1_500;

    private readonly ArchiveFixture _fixture = new();

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 10)];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AlarmLoadAsync_AnyWard_IsThatOfTheNaiveWay(int seed)
    {
        // The clocks of Berlin go back at 01:00 UTC on the 25th: that day has 25 hours, its third one twice.
        var start = Instant.From(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero));
        var change = Instant.From(new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero));
        var ward = new RandomWard(seed, start, Steps);
        await _fixture.StoreAsync(ward.Records);
        var reader = _fixture.Reader("Europe/Berlin");
        foreach (var (name, from, to) in new[] { (null, start, start + TimeSpan.FromDays(3)), ("ICU", start, start + TimeSpan.FromDays(1)), ("Ward 3", start + TimeSpan.FromHours(9), start + TimeSpan.FromHours(40)) })
        {
            var expected = NaiveAlarmLoad.Of(ward.Events, ward.Censuses, name, from, to, time => time.ToDateTimeOffset().AddHours(time < change ? 2 : 1).Hour);
            var load = await reader.AlarmLoadAsync(name, from, to, TestContext.Current.CancellationToken);
            Assert.True(expected.Episodes > 5, $"{expected.Episodes} episodes.");
            Assert.Equal(expected.BedDays, load.BedDays, precision: 6);
            Assert.Equal(expected.PerBedDay, load.PerBedDay, precision: 6);
            Assert.Equal(
                (expected.Episodes, expected.MedianToAcknowledge, expected.ShorterThan30Seconds), (load.Episodes, load.MedianToAcknowledge, load.ShorterThan30Seconds));
            Assert.Equal(expected.ByRule, load.ByRule);
            Assert.Equal(expected.ByBed, load.ByBed);
            Assert.Equal(expected.ByHour, load.ByHour);
        }
    }

    [Fact]
    public async Task AlarmLoadAsync_WhatCalledNobody_DoesNotCount()
    {
        await _fixture.StoreAsync(
            Record(10, Event(Status(episode: 1) with { State = AlertState.Pending }, 0, episode: 1)),
            Record(11, Event(Status(episode: 1) with { State = AlertState.Ended }, 10, AlertState.Pending, episode: 1)),
            Record(12, Event(Status(episode: 2) with { Shadow = true }, 0, episode: 2)),
            Record(13, Event(Status(episode: 3) with { Suppressed = true }, 0, episode: 3)),
            Record(14, Event(Status(episode: 3) with { State = AlertState.Ended }, 10, AlertState.Active, episode: 3)),
            Record(15, Event(Status(episode: 4).Held(PatientHold.Standby), 0, episode: 4)),
            Record(16, Event(Status(episode: 5).Held(PatientHold.Pause), 0, episode: 5)),
            Record(17, Event(Status(episode: 5), 100, AlertState.Active, AlertChange.Announced, episode: 5)),
            Record(18, Event(Status(episode: 5).Acknowledged(110), 110, AlertState.Active, AlertChange.Acknowledged, episode: 5)));

        var load = await LoadAsync(0, 1_000);
        Assert.Equal((1, TimeSpan.FromSeconds(10)), (load.Episodes, load.MedianToAcknowledge));
        Assert.Equal(0, (await LoadAsync(0, 100)).Episodes); // It called when the pause was over.
    }

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", 1)] // Winter time.
    [InlineData("2026-03-29T01:30:00Z", 3)] // There is no hour 2 on that day.
    [InlineData("2026-10-25T00:30:00Z", 2)]
    [InlineData("2026-10-25T01:30:00Z", 2)] // It comes twice.
    [InlineData("2026-10-25T02:30:00Z", 3)]
    public async Task AlarmLoadAsync_ChangeOfTheClocks_CountsForTheHourOfTheSite(string time, int hour)
    {
        var called = Instant.From(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        await _fixture.StoreAsync(Record(10, Event(Status()) with { Time = called }));
        var load = await _fixture.Reader("Europe/Berlin").AlarmLoadAsync(null, called, called + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal([hour], Enumerable.Range(0, 24).Where(index => load.ByHour[index] > 0));
    }

    [Fact]
    public async Task AlarmLoadAsync_BedsUntilNow_CountNoFurther()
    {
        await _fixture.StoreAsync(Record(10, At(0), Census(Bed("ICU-1", "p1"), Bed("ICU-2", "p2"), Bed("W-1", "p3", ward: "Ward 3"))));
        _fixture.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(1.0, (await LoadAsync(0, 7 * 24 * 3_600, "ICU")).BedDays, precision: 6);
        Assert.Equal(1.5, (await LoadAsync(0, 7 * 24 * 3_600)).BedDays, precision: 6);
        Assert.Equal(0, (await LoadAsync(24 * 3_600, 48 * 3_600)).BedDays);
    }

    [Fact]
    public async Task AlarmLoadAsync_ChangeUndone_BedsCountAsIfItHadNeverBeen()
    {
        const double Hour = 3_600;
        await _fixture.StoreAsync(
            Record(10, At(0), Census(Bed("ICU-1", "p1"), Bed("ICU-2"), Bed("ICU-3", "p3"), Bed("ICU-4"))),
            Record(11, At(2 * Hour), Census(Bed("ICU-1"), Bed("ICU-2", "p1"), Bed("ICU-3", "p3"), Bed("ICU-4"))),
            Record(12, At(6 * Hour), Census(Bed("ICU-1"), Bed("ICU-2", "p1"), Bed("ICU-3"), Bed("ICU-4"))),
            Record(13, At(8 * Hour), Census(Bed("ICU-1"), Bed("ICU-2", "p1"), Bed("ICU-3"), Bed("ICU-4", "p4"))),
            Undo(14, 11, At(2 * Hour), At(10 * Hour), Census(Bed("ICU-1", "p1"), Bed("ICU-2"), Bed("ICU-3"), Bed("ICU-4", "p4"))));
        Assert.Equal(
            [
                $"ICU-1|p1|{At(0).UnixMilliseconds}|",
                $"ICU-3|p3|{At(0).UnixMilliseconds}|{At(6 * Hour).UnixMilliseconds}",
                $"ICU-4|p4|{At(8 * Hour).UnixMilliseconds}|",
            ],
            Stays());
        _fixture.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal((24 + 6 + 16) / 24.0, (await LoadAsync(0, 24 * Hour)).BedDays, precision: 6);
    }

    [Fact]
    public async Task AlarmLoadAsync_AdmissionUndoneAndThatUndoneToo_CountsFromTheAdmission()
    {
        await _fixture.StoreAsync(
            Record(10, At(0), Census(Bed("ICU-1"), Bed("ICU-2", "p2"))),
            Record(11, At(100), Census(Bed("ICU-1", "p1"), Bed("ICU-2", "p2"))),
            Undo(12, 11, At(100), At(200), Census(Bed("ICU-1"), Bed("ICU-2", "p2"))));
        Assert.Equal([$"ICU-2|p2|{At(0).UnixMilliseconds}|"], Stays());

        await _fixture.StoreAsync(Undo(13, 12, At(100), At(300), Census(Bed("ICU-1", "p1"), Bed("ICU-2", "p2"))));
        Assert.Equal([$"ICU-1|p1|{At(100).UnixMilliseconds}|", $"ICU-2|p2|{At(0).UnixMilliseconds}|"], Stays());
    }

    private static ArchiveRecord Undo(long position, long undone, Instant from, Instant at, WardCensus census) => new(
        new LogPosition(position), RecordKind.Census, "", at,
        new CensusRecord(from, census) { Note = new CensusNote { Kind = CensusNoteKind.Undo, At = at, By = "nurse-1", Words = "undone", Corrects = undone } }.Write());

    private string[] Stays() => _fixture.Query("SELECT bed, patient, since, until FROM stays ORDER BY bed, since");

    private Task<AlarmLoad> LoadAsync(double from, double to, string? ward = null) =>
        _fixture.Reader().AlarmLoadAsync(ward, At(from), At(to), TestContext.Current.CancellationToken);
}
