using System.Globalization;
using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>InfluxDB 1: InfluxQL by <c>GET /query</c>.</summary>
internal sealed partial class InfluxReader1(InfluxOptions options, InfluxQueries queries) : IInfluxReader
{
    private readonly string _from = options.RetentionPolicy is null ? Name(options.Measurement) : $"{Name(options.RetentionPolicy)}.{Name(options.Measurement)}";

    public async Task<IReadOnlyList<Interval>> IntervalsAsync(SeriesQuery query, long widthMilliseconds, CancellationToken cancellation)
    {
        var field = Name(query.Signal);
        var offset = ((query.From.UnixMilliseconds % widthMilliseconds) + widthMilliseconds) % widthMilliseconds;
        var rows = await AskAsync(
            string.Create(CultureInfo.InvariantCulture, $"SELECT MIN({field}), MAX({field}), SUM({field}), COUNT({field}) FROM {_from} WHERE {Where(query)} GROUP BY time({widthMilliseconds}ms, {offset}ms) fill(none)"),
            cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => new Interval(TimeOf(row), row[1].GetDouble(), row[2].GetDouble(), row[3].GetDouble(), row[4].GetInt64()))];
    }

    public async Task<IReadOnlyList<StoredPoint>> PointsAsync(SeriesQuery query, bool onlyMarked, CancellationToken cancellation)
    {
        var marked = onlyMarked ? $" AND \"quality\" =~ /{query.Mark.Replace("/", "\\/", StringComparison.Ordinal)}/" : "";
        var rows = await AskAsync($"SELECT {Name(query.Signal)}, \"quality\" FROM {_from} WHERE {Where(query)}{marked}", cancellation).ConfigureAwait(false);
        return [.. rows.Select(PointOf).OfType<StoredPoint>()];
    }

    public async Task<(Instant First, Instant Last)?> ExtentAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var first = await AskAsync($"SELECT FIRST({Name(query.Signal)}) FROM {_from} WHERE \"patient\" = {Text(query.Patient)}", cancellation).ConfigureAwait(false);
        var last = await AskAsync($"SELECT LAST({Name(query.Signal)}) FROM {_from} WHERE \"patient\" = {Text(query.Patient)}", cancellation).ConfigureAwait(false);
        return first.Count == 0 || last.Count == 0 ? null : (TimeOf(first[0]), TimeOf(last[0]));
    }

    private async Task<List<JsonElement>> AskAsync(string influxQl, CancellationToken cancellation)
    {
        var address = new Uri($"{queries.Url}/query?db={Uri.EscapeDataString(options.Database)}&epoch=ms&q={Uri.EscapeDataString(influxQl)}");
        using var json = await queries.AskJsonAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellation).ConfigureAwait(false);
        return RowsOf(ResultsOf(json)[0]);
    }

    private JsonElement ResultsOf(JsonDocument json) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array && results.GetArrayLength() > 0
            ? results
            : throw new HistoryException($"{queries.Url} answers in a form that is not that of InfluxDB 1.");

    private List<JsonElement> RowsOf(JsonElement result)
    {
        if (result.TryGetProperty("error", out var error))
        {
            throw new HistoryException($"{queries.Url} cannot answer{new TargetWords(options).Quoted(error.GetString())}.");
        }

        return result.TryGetProperty("series", out var series) ? [.. series[0].GetProperty("values").EnumerateArray().Select(row => row.Clone())] : [];
    }

    private static Instant TimeOf(JsonElement row) => new(row[0].GetInt64());

    private static string Where(SeriesQuery query) => string.Create(
        CultureInfo.InvariantCulture, $"\"patient\" = {Text(query.Patient)} AND time >= {query.From.UnixMilliseconds}ms AND time < {query.To.UnixMilliseconds}ms");

    private static string Name(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Text(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
