using System.Globalization;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Tests.Influx.Contract;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>The writer, over real connections, against servers of the three generations that follow the contract: what is stored, and how often, whatever they answer.</summary>
public sealed class InfluxContractTests : IDisposable
{
    private static readonly Signal WrongForm = new() { Index = 0, Id = "hr", Name = "HR", Form = SignalForm.Letter }; // A text where the database has numbers.
    private readonly HttpClient _http = InfluxSink.CreateHttpClient();
    private readonly List<RejectedRow> _rejected = [];

    public static TheoryData<int> Versions => [1, 2, 3];

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Store_WhateverGoesWrong_EveryPointIsThereOnce(int version)
    {
        await using var server = await ContractServer.StartAsync(version);
        server.Token = "u:p";
        server.BodySizeBytesAtMost = 20_000;
        using var sink = Make(server, version, "u:p");
        server.Answer(503, times: 2);
        server.Answer(429, retryAfter: "0");
        server.Answer(500);
        server.StoreAndBreakOff();
        server.Answer(408);
        server.Answer(502, body: "<html>bad gateway</html>");

        for (var batch = 0; batch < 5; batch++)
        {
            await StoreAgainAsync(sink, Rows(batch * 1_000, 1_000));
        }

        Assert.Equal(5_000, server.Points.Count);
        Assert.Equal(Enumerable.Range(0, 5_000), server.Points.All.Select(NumberOf));
        Assert.Empty(_rejected);
        Assert.Null(sink.State.RetryingSince);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Store_BadRowsAmongGood_AreIsolatedWithTheServersReason(int version)
    {
        await using var server = await ContractServer.StartAsync(version);
        using var sink = Make(server, version);
        await StoreAsync(sink, Rows(0, 1));
        var rows = new RowBatch();
        for (var number = 1; number <= 300; number++)
        {
            rows.And("m1", Noon + TimeSpan.FromSeconds(number), number is 7 or 150 or 300 ? Valid(WrongForm, 'x') : Valid(HeartRate, number));
        }

        await StoreAsync(sink, rows);

        Assert.Equal(298, server.Points.Count);
        Assert.Equal([7, 150, 300], _rejected.Select(row => (row.Time - Noon).TotalSeconds));
        Assert.All(_rejected, row => Assert.Contains("field type conflict", row.Reason, StringComparison.Ordinal));
        Assert.All(_rejected, row => Assert.Contains("hr=\"x\"", Encoding.UTF8.GetString(row.Line.Span), StringComparison.Ordinal));
        Assert.Equal((298, 3), (sink.State.RowsStored, sink.State.RowsRejected));
    }

    [Fact]
    public async Task Store_Influx3HasNoRoomForAColumn_KeepsTheRowsAsDeadLetters()
    {
        await using var server = await ContractServer.StartAsync(3);
        server.Points.ColumnsAtMost = 1;
        using var sink = Make(server, 3);
        await StoreAsync(sink, Row(Noon, Valid(HeartRate, 72)));

        await StoreAsync(sink, Row(Noon + TimeSpan.FromSeconds(1), Valid(Saturation, 97)).And("m2", Noon, Valid(HeartRate, 73)));

        Assert.Contains("would exceed the limit", Assert.Single(_rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(2, server.Points.Count);
    }

    [Theory]
    [InlineData(1, "authorization failed")]
    [InlineData(2, "unauthorized access")]
    [InlineData(3, "(401)")]
    public async Task Store_TokenIsWrong_WaitsForSomebodyAndGoesOn(int version, string words)
    {
        await using var server = await ContractServer.StartAsync(version);
        server.Token = "u:changed";
        using var sink = Make(server, version, "u:p");

        var storing = StoreAsync(sink, Rows(0, 10));
        await UntilAsync("the wrong token is told", () => sink.State is { NeedsSomebody: true } state && state.LastError!.Contains(words, StringComparison.Ordinal));
        Assert.False(storing.IsCompleted);
        server.Token = "u:p";
        server.MayWrite = false;
        await UntilAsync("the missing right is told", () => sink.State is { NeedsSomebody: true } state && state.LastError!.Contains("(403", StringComparison.Ordinal));
        server.MayWrite = true;
        await storing;

        Assert.Equal(10, server.Points.Count);
        Assert.False(sink.State.NeedsSomebody);
    }

    [Theory]
    [InlineData(1, "CREATE DATABASE")]
    [InlineData(2, "influx bucket create")]
    public async Task Store_TargetIsMissing_WaitsForSomebodyAndGoesOn(int version, string words)
    {
        await using var server = await ContractServer.StartAsync(version);
        server.Target = null;
        using var sink = Make(server, version);

        var storing = StoreAsync(sink, Rows(0, 10));
        await UntilAsync("the missing target is told", () => sink.State is { NeedsSomebody: true } state && state.LastError!.Contains(words, StringComparison.Ordinal));
        server.Target = "iot";
        await storing;

        Assert.Equal(10, server.Points.Count);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public async Task Store_ServerIsOfAnotherGeneration_StoresNothingAndSaysWhatToSet(int set, int real)
    {
        await using var server = await ContractServer.StartAsync(real);
        using var sink = Make(server, set);
        using var stop = new CancellationTokenSource();

        var storing = sink.StoreAsync(Rows(0, 1), new LogPosition(1), stop.Token).AsTask();
        await UntilAsync("the other generation is told", () => sink.State.LastError?.Contains($"Storage:Influx:Version is {set}. Set it to {real}", StringComparison.Ordinal) == true);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);

        Assert.Equal((0, 0), (server.Writes, server.Points.Count));
    }

    private static int NumberOf(string point) => int.Parse(point.Split("hr=")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static RowBatch Rows(int first, int count)
    {
        var rows = new RowBatch();
        for (var number = first; number < first + count; number++)
        {
            rows.And(string.Create(CultureInfo.InvariantCulture, $"m{number % 20}"), Noon + TimeSpan.FromSeconds(number), Valid(HeartRate, number));
        }

        return rows;
    }

    private static Task StoreAsync(InfluxSink sink, RowBatch rows) =>
        sink.StoreAsync(rows, new LogPosition(1), TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    /// <summary>As the queue does it: what failed comes again.</summary>
    private static async Task StoreAgainAsync(InfluxSink sink, RowBatch rows)
    {
        const int TriesAtMost = 10;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await StoreAsync(sink, rows);
                return;
            }
            catch (RowsFailException) when (tries < TriesAtMost)
            {
                // Nothing had been taken before, so nobody can say who is at fault.
            }
        }
    }

    private static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, TimeSpan.FromSeconds(60), condition, TestContext.Current.CancellationToken);

    private InfluxSink Make(ContractServer server, int version, string? token = null) => new(
        new InfluxOptions
        {
            Version = version,
            Url = server.Url,
            Database = "iot",
            Org = version == 2 ? "hospital" : null,
            Token = token,
            LinesAtMost = 300,
            RetryDelayFirst = TimeSpan.FromMilliseconds(10),
            RetryDelayAtMost = TimeSpan.FromMilliseconds(50),
        },
        _http,
        TimeProvider.System,
        new Random(1),
        NullLogger.Instance,
        _rejected.Add);
}
