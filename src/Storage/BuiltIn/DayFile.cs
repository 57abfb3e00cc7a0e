using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>One day of readings, open for the writer. For one thread. After an exception it is of no use any more: dispose it and open it anew.</summary>
/// <remarks>
/// Any SQLite reads the file. Its schema, version 1 (<c>PRAGMA user_version</c>):
/// <code>
/// readings, one row a reading, WITHOUT ROWID, primary key (device, time)
///   device    TEXT     the device's name; "observation:{patient}" for what people have observed
///   time      INTEGER  corrected time, Unix milliseconds
///   received  INTEGER  when the gateway received it, Unix milliseconds
///   patient   TEXT     the patient's id; the device's name where it was not assigned
///   bed       TEXT     the bed, may be empty
///   ward      TEXT     the ward
///   quality   TEXT     signals that are not valid, "hr=questionable spo2=no-value"; NULL where all are valid
///   hr, ...   REAL     a column per signal, added when the signal first appears; letters (avpu) are TEXT;
///                      NULL where the reading had no such signal, or (marked no-value in quality) no number for it, or (marked retracted)
///                      a person has taken it back
///
/// patients, WITHOUT ROWID, primary key (patient, device): which devices' rows to look at for one patient. It stands in for an index of
///   readings by patient, which would double what each reading writes.
/// </code>
/// The key makes a reading that comes twice one row. Signals of one moment that come apart meet in one row; where the same signal comes
/// again, the later log position wins.
/// </remarks>
internal sealed partial class DayFile : IDisposable
{
    /// <summary>The columns that are no signals; no signal can bear such a name.</summary>
    public static readonly string[] FixedColumns = ["device", "time", "received", "patient", "bed", "ward", "quality"];

    private const string Schema = """
        CREATE TABLE readings(
          device TEXT NOT NULL,
          time INTEGER NOT NULL,
          received INTEGER NOT NULL,
          patient TEXT NOT NULL,
          bed TEXT NOT NULL,
          ward TEXT NOT NULL,
          quality TEXT,
          PRIMARY KEY (device, time)) WITHOUT ROWID;
        CREATE TABLE patients(
          patient TEXT NOT NULL,
          device TEXT NOT NULL,
          PRIMARY KEY (patient, device)) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _addPatient;
    private readonly HashSet<(string Patient, string Device)> _knownPatients = [];

    private DayFile(StoreDay day, SqliteConnection connection)
    {
        Day = day;
        _connection = connection;
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _addPatient = new SqliteStatement(connection, "INSERT INTO patients(patient, device) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        var columns = SqliteFile.ColumnsOf(connection, "readings");
        _signals.AddRange(columns.Skip(FixedColumns.Length));
        PrepareStatements();
    }

    /// <summary>The day.</summary>
    public StoreDay Day { get; }

    /// <summary>Opens or makes the file of a day; checks it if it was not closed properly.</summary>
    /// <exception cref="StoreException">It is damaged, or of another version.</exception>
    public static DayFile Open(StoreDay day, BuiltInStoreOptions options)
    {
        var path = Path.Combine(options.Directory, day.FileName);
        var log = new FileInfo(path + "-wal");
        var wasNotClosed = log.Exists && log.Length > 0;
        var connection = StoreDatabase.OpenForWriting(path, Schema, options.WalSizeBytesAtMost);
        try
        {
            if (wasNotClosed && new FileInfo(path).Length <= options.CheckedSizeBytesAtMost)
            {
                CheckIntegrity(connection, path);
            }

            return new DayFile(day, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _addPatient.Dispose();
        DisposeStatements();
        _connection.Dispose();
    }

    private static void CheckIntegrity(SqliteConnection connection, string path)
    {
        if (SqliteFile.FindDamage(connection) is { } damage)
        {
            throw new StoreException($"{path} is damaged ({damage}). Move it away, with its -wal and -shm files, and start again; the other days are not touched.");
        }
    }
}
