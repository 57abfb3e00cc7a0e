using System.Globalization;
using System.Net.Http.Json;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>InfluxDB 2: Flux by <c>POST /api/v2/query</c>, answered as CSV.</summary>
internal sealed partial class InfluxReader2(InfluxOptions options, InfluxQueries queries) : IInfluxReader
{
    /// <summary>Flux counts in nanoseconds, in 64 bits.</summary>
    private const long LatestMilliseconds = long.MaxValue / 1_000_000;

    private static readonly string[] Parts = ["low", "high", "sum", "count"];

    public async Task<IReadOnlyList<Interval>> IntervalsAsync(SeriesQuery query, long widthMilliseconds, CancellationToken cancellation)
    {
        var offset = ((query.From.UnixMilliseconds % widthMilliseconds) + widthMilliseconds) % widthMilliseconds;
        string Of(string part, string function) => string.Create(
            CultureInfo.InvariantCulture,
            $"data |> aggregateWindow(every: {widthMilliseconds}ms, offset: {offset}ms, fn: {function}, createEmpty: false, timeSrc: \"_start\") |> yield(name: \"{part}\")\n");
        var rows = await AskAsync(
            $"data = {Source(query, $"r._field == {Text(query.Signal)}")} |> group()\n{Of("low", "min")}{Of("high", "max")}{Of("sum", "sum")}{Of("count", "count")}", cancellation).ConfigureAwait(false);
        var byTime = rows.GroupBy(row => TimeOf(row["_time"])).Select(group => (Time: group.Key, Values: group.ToDictionary(row => row["result"], row => Number(row["_value"]), StringComparer.Ordinal)));
        return [.. byTime.Where(each => Parts.All(each.Values.ContainsKey)).OrderBy(each => each.Time).Select(each =>
            new Interval(each.Time, each.Values["low"], each.Values["high"], each.Values["sum"], (long)each.Values["count"]))];
    }

    public async Task<IReadOnlyList<StoredPoint>> PointsAsync(SeriesQuery query, bool onlyMarked, CancellationToken cancellation)
    {
        var signal = Text(query.Signal);
        var marked = onlyMarked ? $" |> filter(fn: (r) => exists r.quality and r.quality =~ /{query.Mark.Replace("/", "\\/", StringComparison.Ordinal)}/)" : "";
        var rows = await AskAsync(
            $"{Source(query, $"(r._field == {signal} or r._field == \"quality\")")} |> pivot(rowKey: [\"_time\"], columnKey: [\"_field\"], valueColumn: \"_value\") |> filter(fn: (r) => exists r[{signal}]){marked} |> group()",
            cancellation).ConfigureAwait(false);
        return [.. rows.Where(row => row.GetValueOrDefault(query.Signal) is { Length: > 0 }).Select(row => new StoredPoint(
            TimeOf(row["_time"]), double.TryParse(row[query.Signal], CultureInfo.InvariantCulture, out var number) ? number : row[query.Signal][0], row.GetValueOrDefault("quality", "")))];
    }

    public async Task<(Instant First, Instant Last)?> ExtentAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var all = query with { From = new Instant(0) };
        var rows = await AskAsync(
            $"data = {Source(all, $"r._field == {Text(query.Signal)}")} |> group() |> sort(columns: [\"_time\"])\ndata |> first() |> yield(name: \"first\")\ndata |> last() |> yield(name: \"last\")\n", cancellation).ConfigureAwait(false);
        var times = rows.Select(row => TimeOf(row["_time"])).Order().ToList();
        return times.Count == 0 ? null : (times[0], times[^1]);
    }

    private async Task<List<Dictionary<string, string>>> AskAsync(string flux, CancellationToken cancellation)
    {
        var address = new Uri($"{queries.Url}/api/v2/query?org={Uri.EscapeDataString(options.Org ?? "")}");
        return AnnotatedCsv.Read(await queries.AskTextAsync(
            () => new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = JsonContent.Create(new FluxRequest(flux, "flux", new FluxDialect(true, ",", [])), InfluxJson.Default.FluxRequest),
            },
            cancellation).ConfigureAwait(false));
    }

    private string Source(SeriesQuery query, string fields) =>
        $"from(bucket: {Text(options.Target)}) |> range(start: {Time(query.From)}, stop: {Time(query.To)}) |> filter(fn: (r) => r._measurement == {Text(options.Measurement)} and r.patient == {Text(query.Patient)} and {fields})";

    private static Instant TimeOf(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Time(Instant time) => string.Create(
        CultureInfo.InvariantCulture, $"time(v: {Math.Clamp(time.UnixMilliseconds, -LatestMilliseconds, LatestMilliseconds)}000000)");

    /// <summary>A text of Flux: no expression can be put into it.</summary>
    private static string Text(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal) + "\"";
}
