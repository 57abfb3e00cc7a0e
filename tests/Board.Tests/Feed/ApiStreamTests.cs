using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Feed;

/// <summary>The streams for programs: alerts alone, and patients as the interface tells them.</summary>
public class ApiStreamTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly FakeWard _ward;
    private readonly FakeBed _bed;

    public ApiStreamTests()
    {
        _ward = new FakeWard(_clock);
        _ward.Add(new FakeBed("ICU", "1", "P", "m")).HadAt("hr", 70, _ward.Now).Device("m", true, _ward.Now);
        _bed = _ward.Add(new FakeBed("ICU", "2", "Q", "n")).HadAt("hr", 80, _ward.Now).Device("n", true, _ward.Now);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alerts_Followed_TellAllFirstThenTicksThenTheChange()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        using var events = await OpenAsync(host, "api/alerts/stream");

        var (first, whole) = await NextAsync(events);
        var (second, tick) = await NextAsync(events);
        _ward.Change(() => _bed.Alert(_bed.NewAlert("Apnoea", AlertPriority.High, _ward.Now)));
        var (kind, changed) = await UntilAsync(events, "alerts");

        Assert.Equal(("alerts", "tick", "alerts"), (first, second, kind));
        Assert.Empty(whole["alerts"]!.AsArray());
        Assert.Null(tick["alerts"]);
        Assert.Equal("Apnoea", (string?)Assert.Single(changed["alerts"]!.AsArray())!["alert"]);
        Assert.Equal("high", (string?)changed["header"]!["attention"]);
    }

    [Fact]
    public async Task Patients_OneAsked_TellsOnlyThatOneWhenItChanges()
    {
        await using var host = await BoardHost.StartAsync(_ward, _clock);
        using var events = await OpenAsync(host, "api/patients/stream?patient=Q");

        var (first, whole) = await NextAsync(events);
        _ward.Change(() => _ward.Bed("1").HadAt("hr", 71, _ward.Now));
        var (second, other) = await NextAsync(events);
        _ward.Change(() => _bed.HadAt("hr", 81, _ward.Now));
        var changed = await NextAsync(events);
        for (; changed.Data["patients"]!.AsArray().Count == 0; changed = await NextAsync(events))
        {
        }

        Assert.Equal(("patients", "change"), (first, second));
        Assert.Equal("Q", (string?)Assert.Single(whole["patients"]!.AsArray())!["patient"]);
        Assert.Empty(other["patients"]!.AsArray());
        Assert.Equal(81, (double)changed.Data["patients"]![0]!["values"]![0]!["value"]!);
    }

    private static async Task<EventReader> OpenAsync(BoardHost host, string path)
    {
        var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new EventReader(await answer.Content.ReadAsStreamAsync(Cancel));
    }

    private async Task<(string Kind, JsonNode Data)> UntilAsync(EventReader events, string wanted)
    {
        while (true)
        {
            var (kind, data) = await NextAsync(events);
            if (kind == wanted)
            {
                return (kind, data);
            }
        }
    }

    // The clock goes on until the event comes.
    private async Task<(string Kind, JsonNode Data)> NextAsync(EventReader events)
    {
        var next = events.NextAsync(Cancel);
        await Eventually.HoldsAsync("an event", Deadline, () =>
        {
            if (!next.IsCompleted)
            {
                _clock.Advance(BoardFeed.Interval);
            }

            return next.IsCompleted;
        }, Cancel);
        return (await next)!.Value;
    }
}
