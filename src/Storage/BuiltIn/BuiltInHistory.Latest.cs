using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <content>The last values of a patient.</content>
public sealed partial class BuiltInHistory
{
    /// <summary>How many days are looked at, the last included on which there is anything of the patient. So a signal that he never had does not cost his whole stay.</summary>
    internal const int LatestDaysAtMost = 7;

    /// <inheritdoc/>
    /// <remarks>
    /// Days are looked at from the newest backwards, the rows of each of the patient's devices by the key in reverse, until every signal is found. A signal that was
    /// measured last more than 6 days before the patient's last day is left out.
    /// </remarks>
    /// <exception cref="StoreException">A day file is damaged or of another version.</exception>
    public Task<IReadOnlyList<LatestPoint>> LatestAsync(string patient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return InTurnAsync(() => ReadLatest(patient, cancellation), cancellation);
    }

    /// <summary>A device's rows of one patient before a time, the newest first, that have a number in one of the columns.</summary>
    internal static string LatestSql(IReadOnlyCollection<string> signals) => $"""
        SELECT time, quality{string.Concat(signals.Select(signal => ", " + SqliteFile.Quoted(signal)))} FROM readings
        WHERE device = ?1 AND time < ?3 AND ({string.Join(" OR ", signals.Select(signal => SqliteFile.Quoted(signal) + " IS NOT NULL"))}) AND patient = ?2
        ORDER BY time DESC
        """;

    private IReadOnlyList<LatestPoint> ReadLatest(string patient, CancellationToken cancellation)
    {
        var latest = new Dictionary<string, LatestPoint>(StringComparer.Ordinal);
        StoreDay? newest = null;
        foreach (var day in Directory.Exists(_directory) ? StoreDay.In(_directory).AsEnumerable().Reverse() : [])
        {
            if (newest is { } last && last.Number - day.Number >= LatestDaysAtMost)
            {
                break;
            }

            cancellation.ThrowIfCancellationRequested();
            InDay(day, connection => AddLatest(latest, connection, patient, cancellation));
            if (newest is null && latest.Count > 0)
            {
                newest = day;
            }
        }

        return [.. latest.Values.OrderBy(value => value.Signal, StringComparer.Ordinal)];
    }

    /// <summary>Adds the last values of a day for the signals of which nothing newer is known.</summary>
    private static void AddLatest(Dictionary<string, LatestPoint> latest, SqliteConnection connection, string patient, CancellationToken cancellation)
    {
        var wanted = SignalsOf(connection).Where(signal => !latest.ContainsKey(signal)).ToList();
        var ofDay = new Dictionary<string, LatestPoint>(StringComparer.Ordinal);
        using var devices = new SqliteStatement(connection, "SELECT device FROM patients WHERE patient = ?1");
        devices.Bind(1, patient);
        while (wanted.Count > 0 && devices.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var value in LatestOf(connection, devices.Text(0), patient, wanted))
            {
                if (!ofDay.TryGetValue(value.Signal, out var other) || other.Time < value.Time)
                {
                    ofDay[value.Signal] = value;
                }
            }
        }

        foreach (var (signal, value) in ofDay)
        {
            latest.Add(signal, value);
        }
    }

    /// <summary>The last values of one device: back through its rows, and after each find only through those that have one of the signals still missing.</summary>
    private static List<LatestPoint> LatestOf(SqliteConnection connection, string device, string patient, IReadOnlyCollection<string> wanted)
    {
        var found = new List<LatestPoint>();
        var missing = wanted.ToList();
        for (var before = long.MaxValue; missing.Count > 0;)
        {
            using var row = new SqliteStatement(connection, LatestSql(missing));
            row.Bind(1, device);
            row.Bind(2, patient);
            row.Bind(3, before);
            var count = found.Count;
            while (found.Count == count)
            {
                if (!row.Step())
                {
                    return found;
                }

                before = row.Int64(0);
                Take(row, missing, found);
            }

            missing.RemoveAll(signal => found.Exists(value => value.Signal == signal));
        }

        return found;
    }

    private static void Take(SqliteStatement row, List<string> signals, List<LatestPoint> found)
    {
        const int FirstSignal = 2;
        var marks = row.IsNull(1) ? "" : row.Text(1);
        for (var index = 0; index < signals.Count; index++)
        {
            var quality = QualityText.Of(marks, signals[index]);
            if (!row.IsNull(FirstSignal + index) && (quality is Quality.Valid or Quality.Questionable))
            {
                found.Add(new LatestPoint(signals[index], new Instant(row.Int64(0)), NumberOf(row, FirstSignal + index), quality == Quality.Questionable));
            }
        }
    }

    /// <summary>The number of a cell; letters by their character code, as in a reading.</summary>
    private static double NumberOf(SqliteStatement row, int column) => row.IsText(column) ? row.Text(column)[0] : row.Double(column);
}
