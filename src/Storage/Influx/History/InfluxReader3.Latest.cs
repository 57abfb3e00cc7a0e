using System.Globalization;
using System.Text.Json;

namespace IoTGateway.Storage.Influx.History;

/// <content>The last values: first which fields there are, since a name that there is not is an error; then all in one request.</content>
internal sealed partial class InfluxReader3
{
    public async Task<IReadOnlyDictionary<string, StoredPoint>> LatestAsync(string patient, IReadOnlyCollection<string> signals, CancellationToken cancellation)
    {
        var columns = await AskAsync($"SELECT column_name FROM information_schema.columns WHERE table_name = {Text(options.Measurement)}", cancellation).ConfigureAwait(false);
        var names = columns.Select(row => row.GetProperty("column_name").GetString()).ToHashSet(StringComparer.Ordinal);
        var quality = names.Contains("quality") ? "\"quality\"" : "''";
        var latest = new Dictionary<string, StoredPoint>(StringComparer.Ordinal);
        var parts = signals.Where(names.Contains).Select(signal =>
            $"SELECT * FROM (SELECT {Text(signal)} AS signal, time, CAST({Name(signal)} AS VARCHAR) AS value, {quality} AS quality FROM {Name(options.Measurement)} WHERE \"patient\" = {Text(patient)} AND {Name(signal)} IS NOT NULL ORDER BY time DESC LIMIT 1)").ToList();
        foreach (var row in parts.Count == 0 ? [] : await AskAsync(string.Join(" UNION ALL ", parts), cancellation).ConfigureAwait(false))
        {
            if (row.GetProperty("value").GetString() is { Length: > 0 } value)
            {
                latest[row.GetProperty("signal").GetString()!] = new StoredPoint(
                    TimeOf(row, "time"),
                    double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value[0],
                    row.TryGetProperty("quality", out var marks) && marks.ValueKind == JsonValueKind.String ? marks.GetString()! : "");
            }
        }

        return latest;
    }
}
