using IoTGateway.Alerts;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Queries;
using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive;

/// <summary>Reads the archive of a running or stopped gateway: each query opens the file, read-only, and closes it again. Safe from any thread.</summary>
public sealed class ArchiveReader : IArchive, IDisposable
{
    /// <summary>Episodes or entries of one answer at most.</summary>
    public const int RowsAtMost = 10_000;

    /// <summary>Queries at once; more wait, so that many viewers cannot take the machine from the writers.</summary>
    private const int QueriesAtMost = 4;

    private readonly string _path;
    private readonly TimeZoneInfo _zone;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _room = new(QueriesAtMost);

    /// <summary>Makes a reader of the archive in a directory; the directory may still be empty or absent, then nothing has been.</summary>
    /// <param name="directory">The archive's directory.</param>
    /// <param name="zone">The site's time zone: the hours of the alarm load are its hours.</param>
    /// <param name="clock">Until when who is still in a bed has been there.</param>
    public ArchiveReader(string directory, TimeZoneInfo zone, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(clock);
        _path = Path.Combine(directory, ArchiveSchema.FileName);
        _zone = zone;
        _clock = clock;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The filter wants fewer than 1 or more than 10,000 episodes.</exception>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public Task<IReadOnlyList<ArchivedEpisode>> EpisodesAsync(EpisodeFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ThrowIfOutOfRange(filter.AtMost);
        return ReadAsync<IReadOnlyList<ArchivedEpisode>>(connection => EpisodeQuery.Run(connection, filter, cancellation), [], cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public Task<IReadOnlyList<AlertEvent>> EventsAsync(string episode, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return ReadAsync<IReadOnlyList<AlertEvent>>(
            connection =>
            {
                using var rows = new SqliteStatement(
                    connection, "SELECT e.body FROM episodes AS p CROSS JOIN events AS e ON e.episode = p.number WHERE p.episode = ?1 ORDER BY e.episode, e.position");
                rows.Bind(1, episode);
                var events = new List<AlertEvent>();
                while (rows.Step())
                {
                    cancellation.ThrowIfCancellationRequested();
                    events.Add(AlertEventRecord.Read(rows.Bytes(0)));
                }

                return events;
            },
            [],
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 10,000 entries are wanted.</exception>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string patient, Instant from, Instant to, int atMost, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ThrowIfOutOfRange(atMost);
        return ReadAsync<IReadOnlyList<TimelineEntry>>(connection => TimelineQuery.OfPatient(connection, patient, from, to, atMost, cancellation), [], cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 10,000 entries are wanted.</exception>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public Task<IReadOnlyList<TimelineEntry>> WardTimelineAsync(string ward, Instant from, Instant to, int atMost, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ward);
        ThrowIfOutOfRange(atMost);
        return ReadAsync<IReadOnlyList<TimelineEntry>>(connection => TimelineQuery.OfWard(connection, ward, from, to, atMost, cancellation), [], cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public Task<AlarmLoad> AlarmLoadAsync(string? ward, Instant from, Instant to, CancellationToken cancellation)
    {
        // Who is still in a bed has been there until now, not until the end of the week that was asked for.
        var until = to < Instant.Now(_clock) ? to : Instant.Now(_clock);
        return ReadAsync(
            connection => AlarmLoadQuery.Run(connection, ward, from, to, until, _zone, cancellation), new AlarmLoadSum(_zone).ToLoad(bedDays: 0), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private static void ThrowIfOutOfRange(int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, RowsAtMost);
    }

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, T nothing, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read, nothing), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read, T nothing)
    {
        try
        {
            using var connection = SqliteFile.OpenForReading(_path, ArchiveSchema.Form);
            return connection is null ? nothing : read(connection);
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{_path} cannot be read ({failure.Message}).", failure);
        }
        catch (InvalidDataException failure)
        {
            throw new StoreException($"{_path} holds what this version of the gateway cannot read. {failure.Message}", failure);
        }
    }
}
