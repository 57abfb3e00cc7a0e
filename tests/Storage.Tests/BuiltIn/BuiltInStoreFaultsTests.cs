using IoTGateway.Queue;
using IoTGateway.Storage.BuiltIn;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

/// <summary>Files of another version, damaged files, files that others hold: told in words, and nothing is lost.</summary>
public sealed class BuiltInStoreFaultsTests : IDisposable
{
    private const string Today = "2026-11-22.db";
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Open_CursorOfAnotherVersion_Refuses()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        _fixture.Store.Dispose();
        Execute("cursor.db", "PRAGMA user_version=2");

        var failure = Assert.Throws<StoreException>(() => _fixture.Open());
        Assert.Contains("cursor.db has store version 2, this gateway writes version 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_DayOfAnotherVersion_RefusesAndKeepsTheCursor()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        _fixture.Store.Dispose();
        Execute(Today, "PRAGMA user_version=7");

        var failure = await Assert.ThrowsAsync<StoreException>(() => _fixture.Reopen().StoreAsync(Row(Noon, Valid(HeartRate, 73)), new LogPosition(2), TestContext.Current.CancellationToken).AsTask());
        Assert.Contains($"{Today} has store version 7", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], _fixture.Query("cursor.db", "SELECT position FROM cursor"));
    }

    [Fact]
    public async Task Store_SomebodyElsesDatabase_IsNotTouched()
    {
        Directory.CreateDirectory(_fixture.Directory);
        Execute(Today, "CREATE TABLE mine(x)");
        await Assert.ThrowsAsync<StoreException>(() => _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1).AsTask());
        Assert.Equal(["mine"], _fixture.Query(Today, "SELECT name FROM sqlite_master"));
    }

    [Fact]
    public async Task Store_FileThatIsNoDatabase_SaysSo()
    {
        Directory.CreateDirectory(_fixture.Directory);
        File.WriteAllText(_fixture.PathOf(Today), new string('x', 8_192));
        var failure = await Assert.ThrowsAsync<StoreException>(() => _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1).AsTask());
        Assert.Contains("damaged or no SQLite database", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, _fixture.Store.State.LastError);
    }

    [Fact]
    public async Task Store_DamagedAfterUncleanEnd_IsFoundBeforeWriting()
    {
        var rows = new RowBatch();
        for (var second = 0; second < 2_000; second++)
        {
            rows.And("m1", Noon + TimeSpan.FromSeconds(second), Valid(HeartRate, 72));
        }

        await _fixture.StoreAsync(rows, 1);
        _fixture.Store.Dispose();
        await DamageAsync(_fixture.PathOf(Today));
        File.WriteAllBytes(_fixture.PathOf(Today + "-wal"), new byte[32]); // As a killed writer leaves one; too short to hold anything.

        var failure = await Assert.ThrowsAsync<StoreException>(() => _fixture.Reopen().StoreAsync(Row(Noon, Valid(HeartRate, 73)), new LogPosition(2), TestContext.Current.CancellationToken).AsTask());
        Assert.Contains($"{Today} is damaged", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], _fixture.Query("cursor.db", "SELECT position FROM cursor"));
    }

    [Fact]
    public void Open_DirectoryThatIsAFile_SaysWhatToDo()
    {
        File.WriteAllText(_fixture.Directory, "");
        var failure = Assert.Throws<StoreException>(() => _fixture.Open());
        Assert.Contains(_fixture.Directory, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_LockedByAnotherProgram_TriesUntilItIsFree()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        using var other = new SqliteConnection($"Data Source={_fixture.PathOf(Today)};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");
        var storing = _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 73)), 2).AsTask();
        Assert.False(storing.IsCompleted);
        Assert.Contains("locked by another program", _fixture.Store.State.LastError, StringComparison.Ordinal);
        Assert.Equal(Noon, _fixture.Store.State.RetryingSince);

        Execute(other, "ROLLBACK");
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await storing;
        Assert.Null(_fixture.Store.State.RetryingSince);
        Assert.Equal(["73"], _fixture.Query(Today, "SELECT hr FROM readings"));
    }

    [Fact]
    public async Task Store_DiskFull_TriesUntilThereIsRoom()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 72)), 1);
        var full = true;
        _fixture.Store.BeforeCursor = () =>
        {
            if (full)
            {
                throw new SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
            }
        };
        var storing = _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 73)), 2).AsTask();
        Assert.False(storing.IsCompleted);
        Assert.Contains("disk is full", _fixture.Store.State.LastError, StringComparison.Ordinal);
        _fixture.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(storing.IsCompleted);

        full = false;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await storing;
        Assert.Equal(new LogPosition(2), _fixture.Store.Cursor);
    }

    [Fact]
    public async Task Store_CancelledWhileRetrying_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        _fixture.Store.BeforeCursor = () => throw new SqliteException("full", SQLitePCL.raw.SQLITE_FULL);
        var storing = _fixture.Store.StoreAsync(Row(Noon, Valid(HeartRate, 72)), new LogPosition(1), cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(24, 0, 1)]
    [InlineData(24, 1, 0)]
    public void Open_OptionsOutOfRange_AreRefused(int retentionHours, int commitRows, int openDays) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BuiltInStore.Open(
            new BuiltInStoreOptions { Directory = _fixture.Directory, RetentionAge = TimeSpan.FromHours(retentionHours), CommitRowsAtMost = commitRows, OpenDaysAtMost = openDays },
            _fixture.Clock, new Random(1), NullLogger.Instance));

    private static async Task DamageAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        const int PageSizeBytes = 4_096;
        var noise = new byte[PageSizeBytes];
        new Random(7).NextBytes(noise);
        for (var page = 4; (page + 1) * PageSizeBytes < file.Length; page += 2)
        {
            file.Position = page * PageSizeBytes;
            await file.WriteAsync(noise);
        }
    }

    private void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_fixture.PathOf(file)};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
