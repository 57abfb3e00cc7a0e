using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>
/// Writes who lay in which bed for how long. A later census with an earlier time replaces all from its time on; one that undoes a change does so only for the
/// beds in which it brings somebody else: what else has happened meanwhile happened when it did.
/// </summary>
internal sealed class StayTable : IDisposable
{
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _forget;
    private readonly SqliteStatement _cut;
    private readonly SqliteStatement _goOn;
    private readonly SqliteStatement _begin;

    public StayTable(SqliteConnection connection)
    {
        _find = new SqliteStatement(connection, "SELECT patient FROM stays WHERE ward = ?1 AND bed = ?2 AND until IS NULL");
        _forget = new SqliteStatement(connection, "DELETE FROM stays WHERE since >= ?1 AND (?2 IS NULL OR (ward = ?2 AND bed = ?3))");
        _cut = new SqliteStatement(connection, "UPDATE stays SET until = ?1 WHERE (until IS NULL OR until > ?1) AND (?2 IS NULL OR (ward = ?2 AND bed = ?3))");
        _goOn = new SqliteStatement(connection, "UPDATE stays SET until = NULL WHERE until = ?1 AND ward = ?2 AND bed = ?3 AND patient = ?4");
        _begin = new SqliteStatement(connection, "INSERT INTO stays(ward, bed, since, patient, until) VALUES (?2, ?3, ?1, ?4, NULL)");
    }

    /// <summary>From a time on everybody lies as a census says.</summary>
    /// <param name="from">From when on.</param>
    /// <param name="census">Who is where.</param>
    /// <param name="isCorrection">Whether it undoes a change, and says nothing of the beds in which nobody else lies by it than now.</param>
    public void Apply(Instant from, WardCensus census, bool isCorrection)
    {
        if (!isCorrection)
        {
            Clear(from, bed: null);
        }

        foreach (var bed in census.Beds)
        {
            if (isCorrection)
            {
                if (PatientIn(bed) == bed.Patient)
                {
                    continue;
                }

                Clear(from, bed);
            }

            if (bed.Patient is { } patient && !Run(_goOn, from, bed, patient))
            {
                Run(_begin, from, bed, patient);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _forget.Dispose();
        _cut.Dispose();
        _goOn.Dispose();
        _begin.Dispose();
    }

    private string? PatientIn(Bed bed)
    {
        _find.Bind(1, bed.Ward);
        _find.Bind(2, bed.Id);
        var patient = _find.Step() ? _find.Text(0) : null;
        _find.Reset();
        return patient;
    }

    /// <summary>Nobody lies in a bed from a time on; in none, where none is named.</summary>
    private void Clear(Instant from, Bed? bed)
    {
        foreach (var statement in new[] { _forget, _cut })
        {
            statement.Bind(1, from.UnixMilliseconds);
            statement.Bind(2, bed?.Ward);
            statement.Bind(3, bed?.Id);
            statement.Run();
        }
    }

    private static bool Run(SqliteStatement statement, Instant from, Bed bed, string patient)
    {
        statement.Bind(1, from.UnixMilliseconds);
        statement.Bind(2, bed.Ward);
        statement.Bind(3, bed.Id);
        statement.Bind(4, patient);
        statement.Run();
        return statement.Changes > 0;
    }
}
