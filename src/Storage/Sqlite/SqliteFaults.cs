using IoTGateway.Storage.BuiltIn;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IoTGateway.Storage.Sqlite;

/// <summary>What a fault of SQLite means, and what to do about it.</summary>
internal static class SqliteFaults
{
    /// <summary>
    /// Whether the fault may go away without us: a full disk, another program's lock. All others (a damaged file, a disk that fails) stop the
    /// writer, since trying again could hide what was lost.
    /// </summary>
    public static bool MayPass(SqliteException failure) =>
        IsDiskFull(failure) || failure.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether the volume has no room.</summary>
    public static bool IsDiskFull(SqliteException failure) =>
        failure.SqliteErrorCode == raw.SQLITE_FULL
        || failure.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE; // So SQLite reports a full disk while it makes its index of the WAL.

    /// <summary>The fault in a sentence that says what to do.</summary>
    /// <param name="failure">What SQLite or the file system said.</param>
    /// <param name="what">What cannot write, for example <c>The built-in store</c>.</param>
    /// <param name="directory">Where.</param>
    /// <param name="kept">What the queue keeps until then, for example <c>the readings</c>.</param>
    public static StoreException Explain(Exception failure, string what, string directory, string kept)
    {
        if (failure is not SqliteException sqlite)
        {
            return new StoreException($"{what} cannot use {directory}: {failure.Message} Make it a directory this user may write, or set another one.", failure);
        }

        var reason = sqlite.SqliteErrorCode switch
        {
            _ when IsDiskFull(sqlite) => $"the disk is full. Free some space; until then the queue keeps {kept}",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"a file is locked by another program, perhaps a sqlite3 shell with an open transaction. Close it; until then the queue keeps {kept}",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "a file is damaged or no SQLite database. Check each with `sqlite3 FILE 'PRAGMA quick_check'`, move the damaged one away and start again",
            raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => "a file cannot be opened for writing. Check the permissions of the directory and its files, and start again",
            raw.SQLITE_IOERR => "the disk reports an error. Check the disk and start again",
            _ => "SQLite reports an error",
        };
        return new StoreException($"{what} in {directory} cannot write: {reason} ({sqlite.Message}).", failure);
    }
}
