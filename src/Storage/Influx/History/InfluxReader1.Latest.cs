using System.Text.Json;

namespace IoTGateway.Storage.Influx.History;

/// <content>The last values: a statement for each signal, all in one request.</content>
internal sealed partial class InfluxReader1
{
    public async Task<IReadOnlyDictionary<string, StoredPoint>> LatestAsync(string patient, IReadOnlyCollection<string> signals, CancellationToken cancellation)
    {
        var latest = new Dictionary<string, StoredPoint>(StringComparer.Ordinal);
        if (signals.Count == 0)
        {
            return latest;
        }

        // In the body: so many statements are too long for an address.
        var statements = string.Join("; ", signals.Select(signal => $"SELECT LAST({Name(signal)}), \"quality\" FROM {_from} WHERE \"patient\" = {Text(patient)}"));
        var address = new Uri($"{queries.Url}/query?db={Uri.EscapeDataString(options.Database)}&epoch=ms");
        using var json = await queries.AskJsonAsync(
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("q", statements)]) }, cancellation).ConfigureAwait(false);
        var results = ResultsOf(json);
        foreach (var (signal, result) in signals.Zip(results.EnumerateArray()))
        {
            if (RowsOf(result) is [var row, ..] && PointOf(row) is { } point)
            {
                latest[signal] = point;
            }
        }

        return latest;
    }

    private static StoredPoint? PointOf(JsonElement row) => row[1].ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => new StoredPoint(TimeOf(row), row[1].GetString() is { Length: > 0 } letter ? letter[0] : 0, row[2].GetString() ?? ""),
        _ => new StoredPoint(TimeOf(row), row[1].GetDouble(), row[2].GetString() ?? ""),
    };
}
