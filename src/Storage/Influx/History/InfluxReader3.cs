using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>InfluxDB 3: SQL by <c>POST /api/v3/query_sql</c>, answered as JSON; times are in UTC without saying so.</summary>
internal sealed partial class InfluxReader3(InfluxOptions options, InfluxQueries queries) : IInfluxReader
{
    public async Task<IReadOnlyList<Interval>> IntervalsAsync(SeriesQuery query, long widthMilliseconds, CancellationToken cancellation)
    {
        var field = Name(query.Signal);
        var rows = await AskAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT date_bin(INTERVAL '{widthMilliseconds} milliseconds', time, {Time(query.From)}) AS start, min({field}) AS low, max({field}) AS high, sum({field}) AS sum, count({field}) AS count FROM {Name(options.Measurement)} WHERE {Where(query)} AND {field} IS NOT NULL GROUP BY 1 ORDER BY 1"),
            cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => new Interval(
            TimeOf(row, "start"), row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble(), row.GetProperty("sum").GetDouble(), row.GetProperty("count").GetInt64()))];
    }

    public async Task<IReadOnlyList<StoredPoint>> PointsAsync(SeriesQuery query, bool onlyMarked, CancellationToken cancellation)
    {
        // The column "quality" is only there once something was not valid; before that nothing is marked.
        var select = $"SELECT time, {Name(query.Signal)} AS value";
        var where = $"FROM {Name(options.Measurement)} WHERE {Where(query)} AND {Name(query.Signal)} IS NOT NULL";
        var rows = await AskAsync($"{select}, \"quality\" {where}{(onlyMarked ? $" AND \"quality\" ~ {Text(query.Mark)}" : "")}", cancellation).ConfigureAwait(false);
        if (rows.Count == 0 && !onlyMarked)
        {
            rows = await AskAsync($"{select} {where}", cancellation).ConfigureAwait(false);
        }

        return [.. rows.Select(row => new StoredPoint(
            TimeOf(row, "time"),
            row.GetProperty("value") is { ValueKind: JsonValueKind.String } letter ? letter.GetString() is { Length: > 0 } text ? text[0] : 0 : row.GetProperty("value").GetDouble(),
            row.TryGetProperty("quality", out var quality) && quality.ValueKind == JsonValueKind.String ? quality.GetString()! : ""))];
    }

    public async Task<(Instant First, Instant Last)?> ExtentAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var rows = await AskAsync(
            $"SELECT min(time) AS first, max(time) AS last FROM {Name(options.Measurement)} WHERE \"patient\" = {Text(query.Patient)} AND {Name(query.Signal)} IS NOT NULL", cancellation).ConfigureAwait(false);
        return rows is [var row, ..] && row.TryGetProperty("first", out var first) && first.ValueKind == JsonValueKind.String ? (TimeOf(row, "first"), TimeOf(row, "last")) : null;
    }

    private async Task<List<JsonElement>> AskAsync(string sql, CancellationToken cancellation)
    {
        var address = new Uri($"{queries.Url}/api/v3/query_sql");
        try
        {
            using var json = await queries.AskJsonAsync(
                () => new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new SqlRequest(options.Database, sql, "json"), InfluxJson.Default.SqlRequest) }, cancellation).ConfigureAwait(false);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(row => row.Clone())]
                : throw new HistoryException($"{queries.Url} answers in a form that is not that of InfluxDB 3.");
        }
        catch (NothingThereException)
        {
            return [];
        }
    }

    private static Instant TimeOf(JsonElement row, string name) =>
        Instant.From(DateTimeOffset.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string Where(SeriesQuery query) => $"\"patient\" = {Text(query.Patient)} AND time >= {Time(query.From)} AND time < {Time(query.To)}";

    private static string Time(Instant time) => string.Create(CultureInfo.InvariantCulture, $"to_timestamp_millis({time.UnixMilliseconds})");

    private static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
