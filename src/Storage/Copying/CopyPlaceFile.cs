using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.Copying;

/// <summary>Keeps how far a copy of the built-in store to another database has come, so that it can go on after it was ended.</summary>
/// <remarks>
/// Replaced in one transaction, so that it always holds a whole place.
/// <code>
/// copy.db, schema version 1 (PRAGMA user_version)
///   place: one row while a copy is not finished, else none
///     id       INTEGER  always 1
///     target   TEXT     which server and database: the place means nothing for another one
///     device   TEXT     the device of the last row that is dealt with
///     time     INTEGER  its corrected time, Unix milliseconds; says the day, too
///     copied   INTEGER  rows copied so far
///     refused  INTEGER  rows the target has refused so far
/// </code>
/// </remarks>
public sealed class CopyPlaceFile : IDisposable
{
    private const string Schema =
        "CREATE TABLE place(id INTEGER PRIMARY KEY CHECK (id = 1), target TEXT NOT NULL, device TEXT NOT NULL, time INTEGER NOT NULL, copied INTEGER NOT NULL, refused INTEGER NOT NULL);";

    private const long WalSizeBytesAtMost = 1 << 20;

    private readonly string _path;
    private readonly string _target;
    private readonly SqliteConnection _connection;

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Which server and database.</param>
    /// <exception cref="StoreException">It is damaged, of another version, or cannot be written.</exception>
    public CopyPlaceFile(string path, string target)
    {
        _path = path;
        _target = target;
        _connection = Guard(() => SqliteFile.OpenForWriting(path, new SqliteForm("copy", 1, Schema, CachePages: 16), WalSizeBytesAtMost));
    }

    /// <summary>The place; null where no copy to this target was begun, or it was finished.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public CopyPlace? Read() => Guard(() =>
    {
        using var place = new SqliteStatement(_connection, "SELECT device, time, copied, refused FROM place WHERE target = ?1");
        place.Bind(1, _target);
        return place.Step() ? new CopyPlace(new StorePlace(place.Text(0), new Instant(place.Int64(1))), place.Int64(2), place.Int64(3)) : null;
    });

    /// <summary>Replaces the place, durably.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Write(CopyPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        Guard(() =>
        {
            using var replace = new SqliteStatement(_connection, "REPLACE INTO place(id, target, device, time, copied, refused) VALUES (1, ?1, ?2, ?3, ?4, ?5)");
            replace.Bind(1, _target);
            replace.Bind(2, place.Last.Device);
            replace.Bind(3, place.Last.Time.UnixMilliseconds);
            replace.Bind(4, place.Copied);
            replace.Bind(5, place.Refused);
            replace.Run();
            return true;
        });
    }

    /// <summary>The copy is finished: the next one begins anew.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Forget() => Guard(() =>
    {
        SqliteFile.Execute(_connection, "DELETE FROM place");
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{_path}, which keeps how far the copy has come, cannot be used ({failure.Message}). Without it a copy begins anew, which changes nothing that is there.", failure);
        }
    }
}
