using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>Reads whole spans of the built-in store, of a running or stopped gateway, for those who look at everybody.</summary>
public static class StoredValues
{
    /// <summary>
    /// Every value between two times, day after day; within a day by device and time. Opens each day file when it comes to it, read-only.
    /// </summary>
    /// <param name="directory">The directory of the day files.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant behind the last.</param>
    /// <param name="progress">Is told after each day how far it has come, from 0 to 1.</param>
    /// <exception cref="StoreException">The directory holds no day file, or one is damaged or of another version.</exception>
    public static IEnumerable<StoredValue> Read(string directory, Instant from, Instant to, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory) || StoreDay.In(directory).Count == 0)
        {
            throw new StoreException($"There is no built-in store in {Path.GetFullPath(directory)}.");
        }

        return ReadDays(directory, from, to, progress);
    }

    private static IEnumerable<StoredValue> ReadDays(string directory, Instant from, Instant to, Action<double>? progress)
    {
        var days = StoreDay.In(directory).Where(day => (day.IsLast || day.End > from) && (day.IsFirst || day.Start < to)).ToList();
        for (var index = 0; index < days.Count; index++)
        {
            foreach (var value in ReadDay(Path.Combine(directory, days[index].FileName), from, to))
            {
                yield return value;
            }

            progress?.Invoke((index + 1.0) / days.Count);
        }
    }

    private static IEnumerable<StoredValue> ReadDay(string path, Instant from, Instant to)
    {
        using var connection = Guarded(path, () => StoreDatabase.OpenForReading(path));
        if (connection is null)
        {
            yield break;
        }

        var signals = Guarded(path, () => SqliteFile.ColumnsOf(connection, "readings").Skip(DayFile.FixedColumns.Length).ToArray())!;
        var columns = string.Concat(signals.Select(signal => ", " + SqliteFile.Quoted(signal)));
        using var rows = Guarded(path, () => new SqliteStatement(
            connection, $"SELECT time, patient, ward, device, quality{columns} FROM readings WHERE time >= ?1 AND time < ?2"))!;
        rows.Bind(1, from.UnixMilliseconds);
        rows.Bind(2, to.UnixMilliseconds);
        while (Guarded(path, rows.Step))
        {
            var (time, patient, ward, device) = (new Instant(rows.Int64(0)), rows.Text(1), rows.Text(2), rows.Text(3));
            var quality = rows.IsNull(4) ? "" : rows.Text(4);
            for (var index = 0; index < signals.Length; index++)
            {
                const int FirstSignal = 5;
                var column = FirstSignal + index;
                var isNull = rows.IsNull(column);
                var ofSignal = QualityText.Of(quality, signals[index]);
                if (ofSignal != Quality.Retracted && (!isNull || ofSignal == Quality.NoValue))
                {
                    // Letters count by their character code, as in a reading.
                    var value = isNull ? double.NaN : rows.IsText(column) ? rows.Text(column)[0] : rows.Double(column);
                    yield return new StoredValue(time, patient, ward, device, signals[index], value, ofSignal);
                }
            }
        }
    }

    private static T? Guarded<T>(string path, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{path} cannot be read ({failure.Message}).", failure);
        }
    }
}
