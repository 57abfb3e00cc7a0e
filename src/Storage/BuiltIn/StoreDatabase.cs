using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>Opens the files of the built-in store, which are all of one version.</summary>
internal static class StoreDatabase
{
    private const int SchemaVersion = 1;

    /// <summary>32 MiB for one file, so that the last leaf of each of 5,000 devices stays there.</summary>
    private const int CachePages = 8_192;

    /// <inheritdoc cref="SqliteFile.OpenForWriting"/>
    public static SqliteConnection OpenForWriting(string path, string schema, long walSizeBytesAtMost) =>
        SqliteFile.OpenForWriting(path, FormOf(schema), walSizeBytesAtMost);

    /// <inheritdoc cref="SqliteFile.OpenForReading"/>
    public static SqliteConnection? OpenForReading(string path) => SqliteFile.OpenForReading(path, FormOf(""));

    private static SqliteForm FormOf(string schema) => new("store", SchemaVersion, schema, CachePages);
}
