using System.Text;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Segments;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

/// <summary>The rows of the recovery table that tell of damage: it costs at most the frame it is in, is reported, and hides nothing.</summary>
public class DamageTests : LogTest
{
    [Fact]
    public async Task Open_DamagedFrameInTheTail_LosesOnlyThatFrameAndTellsWhatIsMissing()
    {
        var frames = await WriteAsync("a", "b", "a", "c", "a");
        Spoil(SegmentFiles().Single(), frames[2] + 40);

        using var log = Open();
        Assert.Equal(["a#1 0", "b#1 1", "c#1 3", "a#3 4"], ReadReadings(log));
        var damage = await DamageOfAsync(log);
        Assert.Equal(Path.GetFileName(SegmentFiles()[0]), damage.Segment);
        Assert.Equal(frames[2], damage.Offset);
        Assert.Equal(1, damage.RecordsLost);
        Assert.Equal([new MissingSequences("a", 2, 2)], damage.Missing);
    }

    [Fact]
    public async Task Open_DamagedFrameInTheTail_IsReportedOnceAndKeptOverRestarts()
    {
        var frames = await WriteAsync("a", "a", "a");
        Spoil(SegmentFiles().Single(), frames[1] + 40);
        using (var log = Open())
        {
            await DamageOfAsync(log);
            await AppendAsync(log, "a", "later");
        }

        using var again = Open();
        await AppendAsync(again, "a", "much later");
        Assert.Single(again.Damages);
        using var reader = again.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Damage));
        Assert.Single(ReadAll(reader));
    }

    [Fact]
    public async Task Open_DamageInTheTail_BeginsANewEpoch()
    {
        var frames = await WriteAsync("a", "a", "a");
        Spoil(SegmentFiles().Single(), frames[1] + 40);
        using (var log = Open())
        {
            await AppendAsync(log, "a", "later");
        }

        Assert.Equal([0u, 1u], SegmentFiles().Select(file => BitConverter.ToUInt32(File.ReadAllBytes(file), 12)));
    }

    [Fact]
    public async Task Open_TopicRecordDamaged_ItsLaterReadingsAreStillThere()
    {
        var frames = await WriteAsync("a", "b", "b");
        Spoil(SegmentFiles().Single(), frames[1] + 40);

        using var log = Open();
        Assert.Equal(["a#1 0", "lost-topics/2#2 2"], ReadReadings(log));
        await AppendAsync(log, "b", "new");
        Assert.Equal("b#1 new", ReadReadings(log)[^1]);
    }

    [Fact]
    public async Task Read_DamageInASealedSegment_IsGoneAroundAndTheIndexTellsWhatIsMissing()
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            await FillAsync(log, 300);
            await IndexesAsync(LogDirectory, SegmentFiles().Length - 1);
        }

        // The last frame of a sealed segment: only the index knows what it held.
        var segment = SegmentFiles()[3];
        var successor = SegmentFiles()[4];
        var end = BitConverter.ToInt64(await File.ReadAllBytesAsync(successor, Cancellation), 40) - Segment.AddressOf(Path.GetFileName(segment))!.Value;
        Spoil(segment, end - 10);

        using var again = Open(Options(segmentSizeBytes: 4096));
        var readings = ReadReadings(again);
        Assert.Equal(299, readings.Count);
        var missing = Enumerable.Range(1, 300).Single(number => !readings.Exists(reading => reading.StartsWith($"a#{number} ", StringComparison.Ordinal)));
        var damage = await DamageOfAsync(again);
        Assert.Equal(Path.GetFileName(segment), damage.Segment);
        Assert.Equal([new MissingSequences("a", missing, missing)], damage.Missing);
        Assert.Equal(1, damage.RecordsLost);
    }

    [Fact]
    public async Task Open_SegmentMissingInTheMiddle_IsGoneAroundAndReportedAtTheStart()
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            await FillAsync(log, 300);
            await IndexesAsync(LogDirectory, 3);
        }

        var files = SegmentFiles();
        File.Delete(files[2]);

        using var again = Open(Options(segmentSizeBytes: 4096));
        var damage = await DamageOfAsync(again);
        Assert.Equal(Path.GetFileName(files[1]), damage.Segment);
        Assert.Contains("missing", damage.What, StringComparison.Ordinal);
        var readings = ReadReadings(again);
        Assert.Equal(300, readings.Count + damage.RecordsLost);
        Assert.StartsWith("a#300 ", readings[^1], StringComparison.Ordinal);
        Assert.Equal(damage.RecordsLost, damage.Missing.Sum(missing => missing.Count));
        Assert.Single(again.Damages);
    }

    [Fact]
    public async Task Open_EarlierSegmentCutShort_LosesOnlyWhatWasCut()
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            await FillAsync(log, 300);
        }

        var files = SegmentFiles();
        await using (var file = File.OpenWrite(files[2]))
        {
            file.SetLength(file.Length - 200);
        }

        using var again = Open(Options(segmentSizeBytes: 4096));
        var damage = await DamageOfAsync(again);
        Assert.Equal(Path.GetFileName(files[2]), damage.Segment);
        Assert.Equal(300, ReadReadings(again).Count + damage.RecordsLost);
        Assert.Equal(damage.RecordsLost, damage.Missing.Sum(missing => missing.Count));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task Open_SegmentHeaderDamaged_LosesNothing(int which)
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            await FillAsync(log, 300);
        }

        var files = SegmentFiles();
        Spoil(files[which < 0 ? ^1 : which], 20);

        using var again = Open(Options(segmentSizeBytes: 4096));
        Assert.Equal(300, ReadReadings(again).Count);
        var damage = await DamageOfAsync(again);
        Assert.Equal(0, damage.RecordsLost);
        Assert.Contains("header", damage.What, StringComparison.Ordinal);
        await AppendAsync(again, "a", "later");
        Assert.Equal("a#301 later", ReadReadings(again)[^1]);
    }

    [Fact]
    public async Task Open_LastSegmentsGone_GoesOnBehindTheCheckpoint()
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            await FillAsync(log, 300);
            await Eventually.HoldsAsync("there is a checkpoint", TimeSpan.FromSeconds(30), () => log.Checkpoints.NewestPosition(LogState.CheckpointName) is not null, Cancellation);
        }

        var files = SegmentFiles();
        File.Delete(files[^1]);
        File.Delete(files[^2]);
        long last;
        using (var again = Open(Options(segmentSizeBytes: 4096)))
        {
            Assert.Contains("had come further", (await DamageOfAsync(again)).What, StringComparison.Ordinal);
            await AppendAsync(again, "a", "later");
            last = long.Parse(ReadReadings(again)[^1].Split('#', ' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.True(last > 200, $"The number {last} was given before.");
        using var third = Open(Options(segmentSizeBytes: 4096));
        Assert.EndsWith("later", ReadReadings(third)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NewestCheckpointDamaged_UsesTheOlderAndReports()
    {
        var options = Options(segmentSizeBytes: 4096);
        using (var log = Open(options, new CountingProjection()))
        {
            await FillAsync(log, 300);
        }

        var checkpoint = Directory.GetFiles(Path.Combine(LogDirectory, "checkpoints"), "counting.*").Order(StringComparer.Ordinal).Last();
        Spoil(checkpoint, 33);
        var projection = new CountingProjection();
        using var again = Open(options, projection);
        Assert.Equal(300, projection.Counts["a"]);
        var damage = await DamageOfAsync(again);
        Assert.Equal(Path.GetFileName(checkpoint), damage.Segment);
        Assert.True(damage.IsOfCheckpoint);
        Assert.Equal($"{damage.Segment}: this checkpoint cannot be read, so the one before it is used; nothing is lost.", damage.ToString());
    }

    [Fact]
    public async Task Load_CheckpointOfAnotherDamaged_IsReportedToo()
    {
        using var log = Open();
        await AppendAsync(log, "a", "1");
        log.Checkpoints.Save("rules-engine", 1, LogPosition.Beginning, [1]);
        log.Checkpoints.Save("rules-engine", 1, log.End, [2]);
        Spoil(Directory.GetFiles(Path.Combine(LogDirectory, "checkpoints"), "rules-engine.*").Order(StringComparer.Ordinal).Last(), 32);
        Assert.Equal([1], log.Checkpoints.Load("rules-engine", 1)!.State.ToArray());
        Assert.True((await DamageOfAsync(log)).IsOfCheckpoint);
    }

    [Fact]
    public async Task Open_BothCheckpointsDamagedAndTheirSegmentsDeleted_Refuses()
    {
        var options = Options(segmentSizeBytes: 4096, retentionAge: TimeSpan.Zero, retentionBytes: 0);
        using (var log = Open(options, new CountingProjection()))
        {
            await FillAsync(log, 300);
            await Eventually.HoldsAsync("old segments are deleted", TimeSpan.FromSeconds(30), () => log.Start > new LogPosition(8192), Cancellation);
        }

        foreach (var checkpoint in Directory.GetFiles(Path.Combine(LogDirectory, "checkpoints"), "counting.*"))
        {
            Spoil(checkpoint, 33);
        }

        var failure = Assert.Throws<LogCorruptException>(() => Open(options, new CountingProjection()));
        Assert.Contains("restore the data directory from a backup", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LastAcknowledgedFrameSpoiltAndASinkBehindIt_GoesOn()
    {
        LogPosition cursor;
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
            await AppendAsync(log, "a", "2");
            cursor = log.End;
        }

        Spoil(SegmentFiles().Single(), cursor.Address - 1);
        using var again = Open();
        using var consumer = again.OpenConsumerAt("sink", RecordKinds.Of(RecordKind.Reading), cursor);
        Assert.Contains("the consumer 'sink' had come further", (await DamageOfAsync(again)).What, StringComparison.Ordinal);
        await AppendAsync(again, "a", "later");
        Assert.True(consumer.TryRead(out var frame));
        Assert.Equal("later", Encoding.UTF8.GetString(First(frame)));
    }

    [Fact]
    public async Task OpenConsumerAt_TailCutOffBehindTheSinksCursor_ReportsItAndGoesOnBehindTheCursor()
    {
        LogPosition cursor;
        Guid identity;
        var frames = await WriteAsync("a", "a");
        using (var log = Open())
        {
            (cursor, identity) = (log.End, log.Identity);
        }

        Cut(frames[1]);
        using (var again = Open())
        {
            Assert.Equal(identity, again.Identity);
            using var consumer = again.OpenConsumerAt("sink", RecordKinds.Of(RecordKind.Reading), cursor, identity);
            var damage = await DamageOfAsync(again);
            Assert.Contains("the consumer 'sink' had come further", damage.What, StringComparison.Ordinal);
            Assert.Equal(cursor, damage.To);
            await AppendAsync(again, "a", "later");
            Assert.True(consumer.TryRead(out var frame));
            Assert.Equal("later", Encoding.UTF8.GetString(First(frame)));
            Assert.Equal(cursor.Address, Segment.AddressOf(Path.GetFileName(SegmentFiles()[^1]))); // No address is used twice, not even for the report.
        }

        using var third = Open();
        Assert.Equal(["a#1 0", "a#2 later"], ReadReadings(third));
        Assert.Single(third.Damages);
        Assert.Equal(1u, BitConverter.ToUInt32(await File.ReadAllBytesAsync(SegmentFiles()[^1], Cancellation), 12));
    }

    [Theory]
    [InlineData(true, "another log")]
    [InlineData(false, "its end was cut off, or it is another or an older log")]
    public async Task OpenConsumerAt_BehindTheEndOfWhatMayBeAnotherLog_RefusesAndSaysWhatToDo(bool isKnown, string cause)
    {
        Cut((await WriteAsync("a", "a"))[1]);
        using var again = Open();
        var failure = Assert.Throws<LogCorruptException>(
            () => again.OpenConsumerAt("sink", RecordKinds.Of(RecordKind.Reading), new LogPosition(100_000), isKnown ? Guid.NewGuid() : null));
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Restore the log that belongs to 'sink', or move what 'sink' has stored away", failure.Message, StringComparison.Ordinal);
        await AppendAsync(again, "a", "3");
        Assert.Empty(again.Damages);
    }

    [Fact]
    public async Task Open_TailCutOffBehindACheckpointOfAnother_GoesOnBehindIt()
    {
        LogPosition reached;
        var frames = await WriteAsync("a", "a");
        using (var log = Open())
        {
            reached = log.End;
            log.Checkpoints.Save("rules-engine", 1, reached, [1]);
        }

        Cut(frames[1]);
        Assert.Contains("a checkpoint had come to", Assert.Single(LogSnapshot.Open(LogDirectory, Disk).Verify().Faults), StringComparison.Ordinal);
        using var again = Open();
        Assert.Contains("had come further", (await DamageOfAsync(again)).What, StringComparison.Ordinal);
        await AppendAsync(again, "a", "later");
        Assert.True(again.Holds(reached));
        Assert.True(Segment.AddressOf(Path.GetFileName(SegmentFiles()[^1])) >= reached.Address);
    }

    [Fact]
    public async Task Verify_IndexDamaged_NamesItAndTheNextStartMakesItAnew()
    {
        var anew = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var options = new LogOptions { Directory = LogDirectory, SegmentSizeBytes = 4096, IndexMadeAnew = anew.Enqueue };
        using (var log = Open(options))
        {
            await FillAsync(log, 300);
            await IndexesAsync(LogDirectory, 4);
        }

        var index = Directory.GetFiles(LogDirectory, "*.index").Order(StringComparer.Ordinal).First();
        Spoil(index, 81);
        var report = LogSnapshot.Open(LogDirectory, Disk).Verify();
        Assert.False(report.IsSound);
        Assert.Equal([$"{Path.GetFileName(index)} is not what was written, or cannot be read; it is made anew at the next start. Nothing is lost."], report.Faults);

        using (var again = Open(options))
        {
            await Eventually.HoldsAsync("the index is made anew", TimeSpan.FromSeconds(30), () => !anew.IsEmpty, Cancellation);
        }

        Assert.Equal([Path.GetFileName(index)], anew);
        Assert.True(LogSnapshot.Open(LogDirectory, Disk).Verify().IsSound);
    }

    [Fact]
    public void ToString_ManyTopics_NamesSomeAndSaysWhereTheOthersAre()
    {
        var damage = new LogDamage(
            "00000000000000000000.log", 64, new LogPosition(64), new LogPosition(164), "these bytes are not what was written", 7,
            [.. Enumerable.Range(1, 7).Select(number => new MissingSequences($"t{number}", 3, 3))]);
        Assert.EndsWith(
            "100 bytes, 7 records are lost: t1 number 3, t2 number 3, t3 number 3, t4 number 3, t5 number 3 and 2 more, which `iotgateway queue verify` lists.",
            damage.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("100 bytes, 7 records are lost.", damage.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_IndexDamaged_IsOfNoConsequence()
    {
        var options = Options(segmentSizeBytes: 4096);
        using (var log = Open(options))
        {
            await FillAsync(log, 300);
            await IndexesAsync(LogDirectory, 4);
        }

        var index = Directory.GetFiles(LogDirectory, "*.index").Order(StringComparer.Ordinal).First();
        Spoil(index, 81);
        using (var again = Open(options))
        {
            Assert.Equal(300, ReadReadings(again).Count);
            await FillAsync(again, 100);
            await Eventually.HoldsAsync("the index is made anew", TimeSpan.FromSeconds(30), () => SegmentIndex.Read(Disk, LogDirectory, SegmentIndex.AddressOf(Path.GetFileName(index))!.Value) is not null, Cancellation);
            Assert.Empty(again.Damages);
        }
    }

    private static byte[] First(in LogFrame frame)
    {
        foreach (var record in frame)
        {
            return record.Body.ToArray();
        }

        return [];
    }

    private static void Spoil(string path, long offset)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x10));
    }

    /// <summary>Cuts the only segment, as a file system does that has lost the rest.</summary>
    private void Cut(long length)
    {
        using var file = File.Open(SegmentFiles().Single(), FileMode.Open);
        file.SetLength(length);
    }

    private static Task IndexesAsync(string directory, int count) => Eventually.HoldsAsync(
        "the sealed segments have their index", TimeSpan.FromSeconds(30), () => Directory.GetFiles(directory, "*.index").Length >= count, Cancellation);

    private static async Task<LogDamage> DamageOfAsync(DurableLog log)
    {
        await Eventually.HoldsAsync("the damage is recorded", TimeSpan.FromSeconds(30), () => log.Damages.Count > 0, Cancellation);
        return log.Damages[0];
    }

    private static async Task FillAsync(DurableLog log, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await AppendAsync(log, "a", $"{number} {new string('x', 60)}");
        }
    }

    /// <summary>Appends a frame for each topic, the body being its index, and gives where each began.</summary>
    private async Task<long[]> WriteAsync(params string[] topics)
    {
        var frames = new long[topics.Length];
        using var log = Open();
        for (var index = 0; index < topics.Length; index++)
        {
            frames[index] = Math.Max(log.End.Address, SegmentHeader.SizeBytes);
            await AppendAsync(log, topics[index], index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return frames;
    }
}
