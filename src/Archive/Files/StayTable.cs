using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>Writes who lay in which bed for how long. A later census with an earlier time is a correction: it replaces all from its time on.</summary>
internal sealed class StayTable : IDisposable
{
    private readonly SqliteStatement _forget;
    private readonly SqliteStatement _cut;
    private readonly SqliteStatement _goOn;
    private readonly SqliteStatement _begin;

    public StayTable(SqliteConnection connection)
    {
        _forget = new SqliteStatement(connection, "DELETE FROM stays WHERE since >= ?1");
        _cut = new SqliteStatement(connection, "UPDATE stays SET until = ?1 WHERE until IS NULL OR until > ?1");
        _goOn = new SqliteStatement(connection, "UPDATE stays SET until = NULL WHERE until = ?1 AND ward = ?2 AND bed = ?3 AND patient = ?4");
        _begin = new SqliteStatement(connection, "INSERT INTO stays(ward, bed, since, patient, until) VALUES (?2, ?3, ?1, ?4, NULL)");
    }

    /// <summary>From a time on everybody lies as a census says.</summary>
    public void Apply(Instant from, WardCensus census)
    {
        _forget.Bind(1, from.UnixMilliseconds);
        _forget.Run();
        _cut.Bind(1, from.UnixMilliseconds);
        _cut.Run();
        foreach (var bed in census.Beds)
        {
            if (bed.Patient is { } patient && !Run(_goOn, from, bed, patient))
            {
                Run(_begin, from, bed, patient);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _forget.Dispose();
        _cut.Dispose();
        _goOn.Dispose();
        _begin.Dispose();
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
