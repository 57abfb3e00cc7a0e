using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Tests.Draining;

public sealed class ParkingFileTests : DrainingTest
{
    private string FilePath => Path.Combine(ParkedDirectory, "sink.parked");

    [Fact]
    public async Task Open_TornEnd_KeepsWhatIsWhole()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            file.Append(Batch(log, "a", 1, 2, 3), 7);
            file.Flush();
        }

        using (var stream = new FileStream(FilePath, FileMode.Open))
        {
            stream.SetLength(stream.Length - 3);
        }

        using var reopened = OpenFile(log);
        var status = Assert.Single(reopened.Status());
        Assert.Equal(("a", 2L, 1L), (status.Topic, status.Records, status.FirstSequence));
        Assert.Equal([1, 2], Sequences(reopened, "a"));
    }

    [Fact]
    public async Task Open_DamageBeforeWholeEntries_RefusesAndNamesTheByte()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            file.Append(Batch(log, "a", 1, 2, 3), 7);
            file.Flush();
        }

        using (var stream = new FileStream(FilePath, FileMode.Open))
        {
            stream.Position = ParkingFormat.HeaderSizeBytes + 20;
            stream.WriteByte(0xFF);
        }

        var before = await File.ReadAllBytesAsync(FilePath, Cancellation);
        var failure = Assert.Throws<InvalidDataException>(() => OpenFile(log));
        Assert.Contains("byte 16", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(FilePath, Cancellation));
    }

    [Fact]
    public async Task Open_AnotherVersion_Refuses()
    {
        using var log = await LogAsync();
        Directory.CreateDirectory(ParkedDirectory);
        await File.WriteAllBytesAsync(FilePath, new byte[100], Cancellation);
        Assert.Throws<InvalidDataException>(() => OpenFile(log));
    }

    [Fact]
    public async Task MarkDone_SomeThenAll_IsKeptOverAReopeningAndTheFileGoes()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            file.Append(Batch(log, "a", 1, 2, 3), 7);
            file.Append(Batch(log, "b", 1), 7);
            file.Flush();
            file.MarkDone(file.Find(log.FindTopic("a")!)!, 2);
        }

        using (var file = OpenFile(log))
        {
            Assert.Equal([3], Sequences(file, "a"));
            Assert.Equal([1], Sequences(file, "b"));
            file.MarkDone(file.Find(log.FindTopic("a")!)!, 1);
            file.MarkDone(file.Find(log.FindTopic("b")!)!, 1);
            Assert.True(file.IsEmpty);
            Assert.Equal(0, file.LiveBytes);
        }

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task Append_WhatIsParkedAlready_IsPassedOver()
    {
        using var log = await LogAsync();
        using var file = OpenFile(log);
        file.Append(Batch(log, "a", 1, 2), 7);
        file.Append(Batch(log, "a", 1, 2, 3), 8);
        Assert.Equal([1, 2, 3], Sequences(file, "a"));
    }

    [Fact]
    public async Task MarkDone_MuchIsDone_TheFileShrinks()
    {
        using var log = await LogAsync();
        using var file = OpenFile(log);
        file.Append(Batch(log, "b", 1), 7);
        var body = new byte[100_000];
        for (var round = 0; round < 100; round++)
        {
            file.Append(Batch(log, "a", body, round + 1), 7);
            file.MarkDone(file.Find(log.FindTopic("a")!)!, 1);
        }

        Assert.InRange(new FileInfo(FilePath).Length, 1, 2 << 20);
        Assert.Equal([1], Sequences(file, "b"));
    }

    [Fact]
    public async Task Append_NoRoom_ChangesNothingAndGoesOnWhenThereIsSome()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            Disk.WritableBytes = 0;
            Assert.Throws<DiskFullException>(() => file.Append(Batch(log, "a", 1), 7));
            Assert.True(file.IsEmpty);
            Assert.Empty(Directory.GetFiles(ParkedDirectory));

            Disk.WritableBytes = null;
            file.Append(Batch(log, "a", 1, 2), 7);
            Disk.WritableBytes = 0;
            Assert.Throws<DiskFullException>(() => file.Append(Batch(log, "a", 3), 7));
            Assert.Throws<DiskFullException>(() => file.Append(Batch(log, "b", 1), 7));
            Assert.Equal([1, 2], Sequences(file, "a"));
            Assert.Null(file.Find(log.FindTopic("b")!));

            Disk.WritableBytes = null;
            file.Append(Batch(log, "a", 3), 7);
            file.Append(Batch(log, "b", 1), 7);
            file.Flush();
            Assert.Equal([1, 2, 3], Sequences(file, "a"));
        }

        using var reopened = OpenFile(log);
        Assert.Equal([1, 2, 3], Sequences(reopened, "a"));
        Assert.Equal([1], Sequences(reopened, "b"));
    }

    [Fact]
    public async Task MarkDone_NoRoom_ChangesNothing()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            file.Append(Batch(log, "a", 1, 2, 3), 7);
            Disk.WritableBytes = 0;
            Assert.Throws<DiskFullException>(() => file.MarkDone(file.Find(log.FindTopic("a")!)!, 2));
            Assert.Equal([1, 2, 3], Sequences(file, "a"));
            Disk.WritableBytes = null;
            file.MarkDone(file.Find(log.FindTopic("a")!)!, 2);
        }

        using var reopened = OpenFile(log);
        Assert.Equal([3], Sequences(reopened, "a"));
    }

    [Fact]
    public async Task Open_NoRoomForACopy_GoesOnWithTheFileAsItIs()
    {
        using var log = await LogAsync();
        using (var file = OpenFile(log))
        {
            file.Append(Batch(log, "a", 1, 2), 7);
            file.Flush();
        }

        Disk.WritableBytes = 0;
        using (var file = OpenFile(log))
        {
            Assert.Equal([1, 2], Sequences(file, "a"));
            Assert.Single(Directory.GetFiles(ParkedDirectory));
            Disk.WritableBytes = null;
            file.Append(Batch(log, "a", 3), 7);
            file.Flush();
        }

        using var reopened = OpenFile(log);
        Assert.Equal([1, 2, 3], Sequences(reopened, "a"));
    }

    private async Task<DurableLog> LogAsync()
    {
        var log = Open();
        await AppendAsync(log, "a", "x");
        await AppendAsync(log, "b", "x");
        return log;
    }

    private ParkingFile OpenFile(DurableLog log) =>
        new(Disk, ParkedDirectory, "sink", log.FindTopic, topic => new ParkedTopic(topic, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), new Random(1))));

    private static RecordBatch Batch(DurableLog log, string topic, params int[] sequences) => Batch(log, topic, [1, 2, 3], sequences);

    private static RecordBatch Batch(DurableLog log, string topic, byte[] body, params int[] sequences)
    {
        var batch = new RecordBatch();
        foreach (var sequence in sequences)
        {
            batch.Add(new LogRecord
            {
                Position = new LogPosition(sequence * 100),
                Kind = RecordKind.Reading,
                Topic = log.FindTopic(topic),
                Sequence = sequence,
                TimeUnixMilliseconds = sequence,
                Body = body,
            });
        }

        return batch;
    }

    private static List<long> Sequences(ParkingFile file, string topic)
    {
        var parked = file.Topics().Single(each => each.Topic.Name == topic);
        var batch = file.Read(parked, 100);
        var found = new List<long>();
        for (var index = 0; index < batch.Count; index++)
        {
            found.Add(batch[index].Sequence);
            Assert.Equal(3, batch[index].Body.Length);
        }

        return found;
    }
}
