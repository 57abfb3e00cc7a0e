using System.Text.Json;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Gateway.Tests.Commands;

/// <summary><c>store query</c>, <c>export</c> and <c>copy</c> as a user calls them.</summary>
public sealed class StoreCommandsTests : IDisposable
{
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private static readonly Signal HeartRate = new() { Index = 0, Id = "hr", Name = "HR" };
    private static readonly Signal Consciousness = new() { Index = 1, Id = "avpu", Name = "AVPU", Form = SignalForm.Letter, Letters = "ACVPU" };
    private static readonly string[] Noons = ["--from", "2026-11-22T12:00:00Z", "--to", "2026-11-22T13:00:00Z"];
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _directory["data"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Query_Signal_IsTheSeries()
    {
        await StoreAsync();
        var csv = await RunAsync(["store", "query", "--data", Data, "--patient", "p1", "--signal", "hr", .. Noons, "--points", "10000", "--format", "csv"]);
        Assert.Equal(
            ["time,lowest,highest,average,questionable,late", "2026-11-22T12:00:00.000Z,72,72,72,false,false", "2026-11-22T12:00:01.000Z,290.5,290.5,290.5,true,false"], Lines(csv));

        var thinned = Lines(await RunAsync(["store", "query", "--data", Data, "--patient", "p1", "--signal", "heart_rate", .. Noons, "--points", "1", "--format", "json"]));
        var point = JsonDocument.Parse(Assert.Single(thinned)).RootElement;
        Assert.Equal((72, 290.5, true), (point.GetProperty("lowest").GetDouble(), point.GetProperty("highest").GetDouble(), point.GetProperty("questionable").GetBoolean()));

        var letters = await RunAsync(["store", "query", "--data", Data, "--patient", "p1", "--signal", "avpu", .. Noons, "--format", "json"]);
        Assert.Equal(["""{"time":"2026-11-22T12:00:01.000Z","lowest":"V","highest":"V","questionable":false,"late":false}"""], Lines(letters));
    }

    [Fact]
    public async Task Query_WithoutSignal_IsTheLastOfEach()
    {
        await StoreAsync();
        var csv = await RunAsync(["store", "query", "--data", Data, "--patient", "p1", "--format", "csv"]);
        Assert.Equal(["signal,time,value,questionable", "avpu,2026-11-22T12:00:01.000Z,V,false", "hr,2026-11-22T12:00:01.000Z,290.5,true"], Lines(csv));
        Assert.Contains("290.5", await RunAsync(["store", "query", "--data", Data, "--patient", "p1"]), StringComparison.Ordinal);
        Assert.Contains("Nothing is stored of p9.", await RunAsync(["store", "query", "--data", Data, "--patient", "p9"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "There is no built-in store in", "store", "query", "--data", "nowhere", "--patient", "p1")]
    [InlineData(1, "Storage:Influx:Url names no InfluxDB", "store", "query", "--data", "nowhere", "--patient", "p1", "--source", "influx")]
    [InlineData(1, "There is no built-in store in", "store", "export", "--data", "nowhere", "--out", "nowhere.csv")]
    [InlineData(1, "Storage:Influx:Url names no InfluxDB", "store", "copy", "--data", "nowhere", "--from", "built-in", "--to", "influx")]
    [InlineData(2, "--points 0 is not between 1 and 10000", "store", "query", "--patient", "p1", "--signal", "hr", "--points", "0")]
    [InlineData(2, "--from 'yesterday' is not a time", "store", "query", "--patient", "p1", "--signal", "hr", "--from", "yesterday")]
    [InlineData(2, "--from is not before --to", "store", "query", "--patient", "p1", "--from", "2026-11-22", "--to", "2026-11-21")]
    [InlineData(2, "--patient", "store", "query")]
    [InlineData(2, "ends neither in .csv nor in .parquet", "store", "export", "--out", "readings.xlsx")]
    [InlineData(2, "oracle", "store", "copy", "--from", "built-in", "--to", "oracle")]
    public async Task Store_WhatCannotBe_IsToldWithoutAStackTrace(int exitCode, string words, params string[] arguments)
    {
        var (code, output) = await GatewayProcess.RunAsync(arguments);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_BesideARunningGateway_ReplacesAFileOnlyWithForce()
    {
        await StoreAsync();
        using var gateway = await GatewayProcess.StartAsync("run", Data, 0, Cancellation);
        var csv = _directory["out.csv"];
        var output = await RunAsync(["store", "export", "--data", Data, "--out", csv]);
        Assert.Contains($"2 rows are in {csv}. It holds patient data.", output, StringComparison.Ordinal);
        Assert.Equal("time,received,device,patient,bed,ward,quality,avpu,hr", (await File.ReadAllLinesAsync(csv, Cancellation))[0]);

        var (code, refused) = await GatewayProcess.RunAsync("store", "export", "--data", Data, "--out", csv, "--patient", "p9");
        Assert.Equal(1, code);
        Assert.Contains("exists; name another file, or replace it with --force", refused, StringComparison.Ordinal);

        await RunAsync(["store", "export", "--data", Data, "--out", csv, "--patient", "p9", "--force"]);
        Assert.Single(await File.ReadAllLinesAsync(csv, Cancellation));
        Assert.Contains("2 rows", await RunAsync(["store", "export", "--data", Data, "--out", _directory["out.parquet"]]), StringComparison.Ordinal);
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(_directory["out.parquet"], Cancellation))[..4]);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.part"));

        (code, refused) = await GatewayProcess.RunAsync("store", "export", "--data", Data, "--out", _directory["nowhere/out.csv"]);
        Assert.Equal(1, code);
        Assert.Contains("out.csv cannot be written", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_ToInflux_WaitsForItAndCanBeQueriedThere()
    {
        await StoreAsync();
        await using var influx = await InfluxServer.StartNewAsync();
        await influx.QueryAsync("CREATE DATABASE vitals");
        var settings = _directory["settings.json"];
        await File.WriteAllTextAsync(settings, $$"""{ "Storage": { "Influx": { "Version": 1, "Url": "{{influx.Url}}", "Database": "vitals" } } }""", Cancellation);
        string[] copy = ["store", "copy", "--config", settings, "--data", Data, "--from", "built-in", "--to", "influx"];
        await influx.KillAsync();
        using (var stopped = GatewayProcess.Launch(copy))
        {
            await UntilAsync("it says that the server is away", () => stopped.Output.Contains("cannot be reached", StringComparison.Ordinal));
            stopped.Interrupt();
            await stopped.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancellation);
            Assert.Contains("the same command goes on from there", stopped.Output, StringComparison.Ordinal);
            Assert.Equal(1, stopped.ExitCode);
        }

        using (var waiting = GatewayProcess.Launch(copy))
        {
            await UntilAsync("it says that the server is away", () => waiting.Output.Contains("It is tried again until it works; Ctrl-C ends", StringComparison.Ordinal));
            await influx.StartAsync();
            await waiting.WaitForExitAsync(TimeSpan.FromSeconds(90), Cancellation);
            Assert.True(waiting.ExitCode == 0, waiting.Output);
            Assert.Contains("2 rows are in InfluxDB 1 at ", waiting.Output, StringComparison.Ordinal);
        }

        Assert.Equal(["2"], (await influx.QueryAsync("SELECT count(hr) FROM vitals", "vitals")).Select(row => row.Split('|')[1]));
        Assert.Contains("2 rows are in InfluxDB 1 at ", await RunAsync(copy), StringComparison.Ordinal);
        string[] query = ["store", "query", "--config", settings, "--data", Data, "--patient", "p1", "--format", "csv"];
        Assert.Equal(await RunAsync(query), await RunAsync([.. query, "--source", "influx"]));
        Assert.Equal(await RunAsync([.. query, "--signal", "hr", .. Noons]), await RunAsync([.. query, "--signal", "hr", .. Noons, "--source", "influx"]));
    }

    private static Task UntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(what, TimeSpan.FromSeconds(60), condition, Cancellation);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string> RunAsync(string[] arguments)
    {
        var (code, output) = await GatewayProcess.RunAsync(arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private async Task StoreAsync()
    {
        var assignment = new Assignment("p1", "ICU", "ICU-1");
        var rows = new RowBatch();
        rows.Add("m1", Noon, Noon, assignment, new LogPosition(1), [new SignalValue(HeartRate, 72, Quality.Valid)]);
        var second = Noon + TimeSpan.FromSeconds(1);
        rows.Add("m1", second, second, assignment, new LogPosition(2), [new SignalValue(HeartRate, 290.5, Quality.Questionable), new SignalValue(Consciousness, 'V', Quality.Valid)]);
        var directory = Path.Combine(Data, "store");
        using (var store = BuiltInStore.Open(new BuiltInStoreOptions { Directory = directory }, new FakeTimeProvider(Noon.ToDateTimeOffset()), new Random(1), NullLogger.Instance))
        {
            await store.StoreAsync(rows, new LogPosition(1), Cancellation);
        }

        // It belongs to no log: a gateway takes the days for copied in by hand.
        File.Delete(Path.Combine(directory, "cursor.db"));
    }
}
