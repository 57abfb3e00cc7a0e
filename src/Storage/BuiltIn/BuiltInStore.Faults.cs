using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IoTGateway.Storage.BuiltIn;

public sealed partial class BuiltInStore
{
    /// <summary>
    /// Whether the fault may go away without us: a full disk, another program's lock. All others (a damaged file, a disk that fails) stop the
    /// store, since trying again could hide what was lost.
    /// </summary>
    private static bool MayPass(SqliteException failure) =>
        IsDiskFull(failure) || failure.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether the volume has no room.</summary>
    internal static bool IsDiskFull(SqliteException failure) =>
        failure.SqliteErrorCode == raw.SQLITE_FULL
        || failure.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE; // So SQLite reports a full disk while it makes its index of the WAL.

    private static StoreException Explain(Exception failure, string directory)
    {
        if (failure is not SqliteException sqlite)
        {
            return new StoreException($"The built-in store cannot use {directory}: {failure.Message} Make it a directory this user may write, or set another one.", failure);
        }

        var what = sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => $"the disk is full. Free some space; until then the queue keeps the readings",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "a file is locked by another program, perhaps a sqlite3 shell with an open transaction. Close it; until then the queue keeps the readings",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "a file is damaged or no SQLite database. Check each with `sqlite3 FILE 'PRAGMA quick_check'`, move the damaged one away and start again",
            raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => "a file cannot be opened for writing. Check the permissions of the directory and its files, and start again",
            raw.SQLITE_IOERR when sqlite.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => "the disk is full. Free some space; until then the queue keeps the readings",
            raw.SQLITE_IOERR => "the disk reports an error. Check the disk and start again",
            _ => "SQLite reports an error",
        };
        return new StoreException($"The built-in store in {directory} cannot write: {what} ({sqlite.Message}).", failure);
    }
}
