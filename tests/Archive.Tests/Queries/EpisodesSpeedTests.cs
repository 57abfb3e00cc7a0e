using System.Diagnostics;
using System.Globalization;
using System.Text;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Queries;

/// <summary>
/// A year of a large ward: 100,000 episodes, of which a page is there in less than 50 ms whatever is asked. The limit here is four times that, since
/// whatever runs these tests may be busy; what goes through all that was ever archived exceeds it soon.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class EpisodesSpeedTests : IDisposable
{
    private const int Episodes = 100_000;
    private static readonly TimeSpan AtMost = TimeSpan.FromMilliseconds(200);

    private readonly ArchiveFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task EpisodesAsync_AmongAHundredThousand_IsFast()
    {
        _ = _fixture.Store;
        Fill();
        var (year, middle) = (At(Episodes * 300), At(Episodes * 150));
        var filters = new Dictionary<string, EpisodeFilter>
        {
            ["newest page"] = new() { From = At(0), To = year, AtMost = 100 },
            ["a day in the middle"] = new() { From = middle, To = middle + TimeSpan.FromDays(1), AtMost = 100 },
            ["an hour in the middle, by ward"] = new() { From = middle, To = middle + TimeSpan.FromHours(1), Ward = "ICU", AtMost = 100 },
            ["a patient"] = new() { From = At(0), To = year, Patient = "p7", AtMost = 100 },
            ["a patient in the middle"] = new() { From = middle, To = middle + TimeSpan.FromDays(1), Patient = "p7", AtMost = 100 },
            ["a rule"] = new() { From = At(0), To = year, Alert = "Alert 3", AtMost = 100 },
            ["high, not acknowledged, of which there is none"] = new() { From = At(0), To = year, Priority = AlertPriority.High, Acknowledged = false, AtMost = 100 },
            ["the last page"] = new() { From = At(0), To = year, BeforeEpisodeNumber = 50, AtMost = 100 },
        };
        foreach (var (what, filter) in filters)
        {
            var reader = _fixture.Reader();
            var best = TimeSpan.MaxValue;
            for (var run = 0; run < 5; run++)
            {
                var watch = Stopwatch.StartNew();
                await reader.EpisodesAsync(filter, TestContext.Current.CancellationToken);
                best = watch.Elapsed < best ? watch.Elapsed : best;
            }

            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {best.TotalMilliseconds:0.0} ms"));
            Assert.True(best < AtMost, $"{what}: {best.TotalMilliseconds} ms.");
        }

        Assert.Equal(100, (await _fixture.Reader().EpisodesAsync(filters["a day in the middle"], TestContext.Current.CancellationToken)).Count);
        Assert.Equal(49, (await _fixture.Reader().EpisodesAsync(filters["the last page"], TestContext.Current.CancellationToken)).Count);
    }

    /// <summary>An episode every five minutes, each a minute long, of 40 patients and 20 rules.</summary>
    private void Fill()
    {
        var body = Encoding.UTF8.GetString(AlertEventRecord.Write(Event(Status()))).Replace("'", "''", StringComparison.Ordinal);
        var noon = Noon.UnixMilliseconds;
        _fixture.Execute($"""
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Episodes})
            INSERT INTO events(id, episode, position, time, change, by, body) SELECT i, i, i, {noon} + i * 300000, 'entered', '', '{body}' FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Episodes})
            INSERT INTO episodes(number, episode, alert, slug, patient, ward, bed, kind, highest, state, began, raised, called, called_ward, called_bed, acknowledged, over, ended, last)
            SELECT i, 'e' || i, 'Alert ' || (i % 20), 'alert', 'p' || (i % 40), iif(i % 2, 'ICU', 'Ward 3'), 'b', 0, 1 + i % 2, 'ended', {noon} + i * 300000, {noon} + i * 300000,
              {noon} + i * 300000, 'ICU', 'b', {noon} + i * 300000 + 20000, {noon} + i * 300000 + 60000, {noon} + i * 300000 + 60000, i FROM n;
            COMMIT;
            """);
    }
}
