namespace IoTGateway.Storage.Sqlite;

/// <summary>What a SQLite file of the gateway is, and what stands in it.</summary>
/// <param name="What">What it is called where people are told of it, for example <c>store</c>.</param>
/// <param name="Version">The version of its schema, kept in <c>PRAGMA user_version</c>; another one is refused.</param>
/// <param name="Schema">The statements that make it.</param>
/// <param name="CachePages">How many pages of 4 KiB its writer keeps in memory.</param>
internal sealed record SqliteForm(string What, int Version, string Schema, int CachePages);
