using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <content>The last values: the last of each series, which the storage finds by itself, then the last of these; and in a second request what was marked at these times.</content>
internal sealed partial class InfluxReader2
{
    public async Task<IReadOnlyDictionary<string, StoredPoint>> LatestAsync(string patient, IReadOnlyCollection<string> signals, CancellationToken cancellation)
    {
        var all = new SeriesQuery(patient, "", new Instant(0), Instant.MaxValue);
        var rows = await AskAsync(
            $"{Source(all, "r._field != \"quality\"")} |> last() |> group(columns: [\"_field\"]) |> sort(columns: [\"_time\"]) |> last()", cancellation).ConfigureAwait(false);
        var latest = new Dictionary<string, StoredPoint>(StringComparer.Ordinal);
        if (rows.Count == 0)
        {
            return latest;
        }

        var marks = await AskAsync(
            string.Concat(rows.Select(row => TimeOf(row["_time"])).Distinct().Select((time, number) => string.Create(
                CultureInfo.InvariantCulture, $"{Source(all with { From = time, To = new Instant(time.UnixMilliseconds + 1) }, "r._field == \"quality\"")} |> group() |> yield(name: \"at{number}\")\n"))),
            cancellation).ConfigureAwait(false);
        var markOf = marks.ToLookup(row => (TimeOf(row["_time"]), row.GetValueOrDefault("device", "")), row => row["_value"]);
        foreach (var row in rows)
        {
            var (time, value) = (TimeOf(row["_time"]), row["_value"]);
            if (value.Length > 0)
            {
                var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : value[0];
                latest[row["_field"]] = new StoredPoint(time, number, markOf[(time, row.GetValueOrDefault("device", ""))].FirstOrDefault() ?? "");
            }
        }

        return latest;
    }
}
