using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Feed;

/// <summary>The live stream, with a clock that only the test moves.</summary>
public class StreamTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_Opened_TellsTheWholeWardFirst()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock);
        var answer = await OpenAsync(host);
        using var events = new EventReader(await answer.Content.ReadAsStreamAsync(Cancel));

        var (kind, data) = await NextAsync(events);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal("ward", kind);
        Assert.Equal(8, data["tiles"]!.AsArray().Count);
        Assert.Equal("21:14:05", (string?)data["header"]!["clock"]);
    }

    [Fact]
    public async Task Stream_AlertChanges_TellsOnlyThatTileWithoutWaitingForTheTick()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "m")).HadAt("hr", 70, ward.Now).Device("m", true, ward.Now);
        var bed = ward.Add(new FakeBed("ICU", "2", "Q", "n")).HadAt("hr", 70, ward.Now).Device("n", true, ward.Now);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        using var events = new EventReader(await (await OpenAsync(host)).Content.ReadAsStreamAsync(Cancel));
        await NextAsync(events);

        _clock.Advance(BoardFeed.ShortestPause);
        ward.Change(() => bed.Alert(bed.NewAlert("Apnoea", AlertPriority.High, ward.Now)));
        var (kind, data) = await NextAsync(events);

        Assert.Equal("change", kind);
        Assert.Equal("2", (string?)Assert.Single(data["tiles"]!.AsArray())!["title"]);
        Assert.Equal(1, (int)data["header"]!["high"]!);
    }

    [Fact]
    public async Task Stream_NothingChanges_StillTellsTheTimeEachSecond()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "m")).HadAt("hr", 70, ward.Now).Device("m", true, ward.Now);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        using var events = new EventReader(await (await OpenAsync(host)).Content.ReadAsStreamAsync(Cancel));
        await NextAsync(events);

        var next = NextAsync(events);
        await Eventually.HoldsAsync("a frame after a second", Deadline, () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return next.IsCompleted;
        }, Cancel);

        var (kind, data) = await next;
        Assert.Equal("change", kind);
        Assert.Empty(data["tiles"]!.AsArray());
        Assert.NotEqual("21:14:05", (string?)data["header"]!["clock"]);
    }

    [Fact]
    public async Task Stream_BedsChange_TellsTheWholeWardAgain()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        using var events = new EventReader(await (await OpenAsync(host)).Content.ReadAsStreamAsync(Cancel));
        await NextAsync(events);

        _clock.Advance(BoardFeed.ShortestPause);
        ward.Change(() => ward.Add(new FakeBed("unassigned", "", "mon-9", "mon-9")).Has("hr", 70));
        var (kind, data) = await NextAsync(events);

        Assert.Equal("ward", kind);
        var last = data["tiles"]!.AsArray()[^1]!;
        Assert.True((bool)last["unassigned"]!);
        Assert.Equal("mon-9", (string?)last["title"]);
    }

    [Fact]
    public async Task Stream_GatewayStops_EndsAtOnce()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock);
        using var events = new EventReader(await (await OpenAsync(host)).Content.ReadAsStreamAsync(Cancel));
        await NextAsync(events);

        // Kestrel would wait half a minute for an open request; the stream must not make it.
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        Assert.Empty(host.Errors.Lines);
    }

    [Fact]
    public async Task Stream_MoreThanAllowed_IsRefused()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock, configure: options => options.StreamsMost = 1);
        using var first = await OpenAsync(host);

        using var second = await host.Client.GetAsync(new Uri("api/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    [Fact]
    public async Task Stream_PageLeaves_MakesRoomForAnother()
    {
        await using var host = await BoardHost.StartAsync(Scenes.EightBeds(_clock), _clock, configure: options => options.StreamsMost = 1);
        (await OpenAsync(host)).Dispose();

        await Eventually.HoldsAsync("the place is free", Deadline, async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            using var next = await host.Client.GetAsync(new Uri("api/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            return next.StatusCode == HttpStatusCode.OK;
        }, Cancel);
    }

    [Fact]
    public async Task Stream_WardViewFails_EndsAndReadySaysWhy()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        using var events = new EventReader(await (await OpenAsync(host)).Content.ReadAsStreamAsync(Cancel));
        await NextAsync(events);

        _clock.Advance(BoardFeed.ShortestPause);
        ward.Change(() => ward.Failure = new InvalidOperationException("broken"));
        var end = await events.NextAsync(Cancel).WaitAsync(Deadline, Cancel);
        ward.Failure = null;

        Assert.Null(end);
        Assert.Contains("board has stopped following", Assert.Single(host.Errors.Lines), StringComparison.Ordinal);
        var ready = await host.Client.GetAsync(new Uri("readyz", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("stopped following the ward", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var again = await host.Client.GetAsync(new Uri("api/stream", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, again.StatusCode);
    }

    private static Task<HttpResponseMessage> OpenAsync(BoardHost host) =>
        host.Client.GetAsync(new Uri("api/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);

    private static async Task<(string Kind, JsonNode Data)> NextAsync(EventReader events)
    {
        var next = await events.NextAsync(Cancel).WaitAsync(Deadline, Cancel);
        Assert.NotNull(next);
        return next.Value;
    }
}
