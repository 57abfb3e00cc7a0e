using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>Reads the built-in store of a running or stopped gateway: each query opens the day files it needs, read-only, and closes them again.</summary>
public sealed partial class BuiltInHistory : IHistory, IDisposable
{
    /// <summary>Points of one answer at most.</summary>
    public const int PointsAtMost = 10_000;

    /// <summary>Queries at once; more wait, so that many viewers cannot take the machine from the writers.</summary>
    private const int QueriesAtMost = 4;

    private readonly string _directory;
    private readonly SemaphoreSlim _room = new(QueriesAtMost);

    /// <summary>Makes a reader of the store in a directory; the directory may still be empty or absent.</summary>
    public BuiltInHistory(string directory) => _directory = directory;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The number of points is below 1 or above 10,000.</exception>
    /// <exception cref="StoreException">A day file is damaged or of another version.</exception>
    public async Task<IReadOnlyList<SeriesPoint>> SeriesAsync(
        string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, PointsAtMost);
        return await InTurnAsync(() => Read(patient, signal, from, to, points, cancellation), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    /// <summary>
    /// A patient's rows with a number in one column: by key, device after device. CROSS JOIN keeps SQLite from going the other way round,
    /// through the rows of everybody.
    /// </summary>
    internal static string RowsSql(string quotedColumn) => $"""
        SELECT r.time, r.{quotedColumn}, r.quality, r.received, r.device FROM patients AS p CROSS JOIN readings AS r ON r.device = p.device
        WHERE p.patient = ?1 AND r.patient = ?1 AND r.time >= ?2 AND r.time < ?3 AND r.{quotedColumn} IS NOT NULL
        """;

    /// <summary>Runs a query on a thread of its own as soon as there is room for it.</summary>
    private async Task<T> InTurnAsync<T>(Func<T> query, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(query, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    private List<SeriesPoint> Read(string patient, string signal, Instant from, Instant to, int points, CancellationToken cancellation)
    {
        if (to <= from || !Directory.Exists(_directory))
        {
            return [];
        }

        var days = StoreDay.In(_directory).Where(day => day >= StoreDay.Of(from) && day <= StoreDay.Of(new Instant(to.UnixMilliseconds - 1))).ToList();
        if (days.Count == 0)
        {
            return [];
        }

        // "From the beginning" and "without end" are common; the intervals are those of the days there are.
        from = days[0].IsFirst ? from : Instant.Later(from, days[0].Start);
        to = days[^1].IsLast || to < days[^1].End ? to : days[^1].End;
        var buckets = new SeriesBuckets(from, to, points);
        foreach (var day in days)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadDay(day, patient, signal, from, to, buckets, cancellation);
        }

        return buckets.ToPoints();
    }

    private void ReadDay(StoreDay day, string patient, string signal, Instant from, Instant to, SeriesBuckets buckets, CancellationToken cancellation) =>
        InDay(day, connection =>
        {
            if (SignalsOf(connection).Contains(signal, StringComparer.Ordinal))
            {
                ReadRows(connection, patient, signal, from, to, buckets, cancellation);
            }
        });

    private static IEnumerable<string> SignalsOf(SqliteConnection connection) => SqliteFile.ColumnsOf(connection, "readings").Skip(DayFile.FixedColumns.Length);

    /// <summary>Opens the file of a day, where there is one, and closes it again.</summary>
    private void InDay(StoreDay day, Action<SqliteConnection> read)
    {
        var path = Path.Combine(_directory, day.FileName);
        try
        {
            using var connection = StoreDatabase.OpenForReading(path);
            if (connection is not null)
            {
                read(connection);
            }
        }
        catch (SqliteException) when (!File.Exists(path))
        {
            // Retention deleted the day while we were looking: then there is nothing to tell of it.
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{path} cannot be read ({failure.Message}).", failure);
        }
    }

    private static void ReadRows(
        SqliteConnection connection, string patient, string signal, Instant from, Instant to, SeriesBuckets buckets, CancellationToken cancellation)
    {
        using var rows = new SqliteStatement(connection, RowsSql(SqliteFile.Quoted(signal)));
        rows.Bind(1, patient);
        rows.Bind(2, from.UnixMilliseconds);
        rows.Bind(3, to.UnixMilliseconds);
        const int RowsBetweenLooks = 4_096;
        for (var count = 1; rows.Step(); count++)
        {
            var quality = rows.IsNull(2) ? Quality.Valid : QualityText.Of(rows.Text(2), signal);
            if (quality is Quality.Valid or Quality.Questionable)
            {
                var time = new Instant(rows.Int64(0));

                // Whatever a person writes down is written down afterwards.
                var late = new Instant(rows.Int64(3)) - time > ReadingTime.LateAfter && !ObservationTopic.IsDevice(rows.Text(4));
                buckets.Add(time, NumberOf(rows, 1), quality == Quality.Questionable, late);
            }

            if (count % RowsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
