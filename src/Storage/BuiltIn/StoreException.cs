using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>The built-in store, or the archive, cannot go on; the message names the file and says what to do.</summary>
public sealed class StoreException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Whether there was no room on the volume; with some it would go on.</summary>
    public bool IsDiskFull => InnerException is SqliteException full && SqliteFaults.IsDiskFull(full);
}
