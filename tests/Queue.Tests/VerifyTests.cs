using IoTGateway.Queue.Segments;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

public class VerifyTests : LogTest
{
    [Fact]
    public async Task Verify_SoundLog_CountsEverythingAndFindsNothing()
    {
        await WriteAsync();
        var report = LogSnapshot.Open(LogDirectory, Disk).Verify();
        Assert.True(report.IsSound, string.Join(" ", report.Faults) + string.Join(" ", report.Damages));
        Assert.Equal(SegmentFiles().Length, report.Segments);
        Assert.True(report.Records >= 301);
        Assert.True(report.Checkpoints >= 1);
    }

    [Fact]
    public async Task Verify_RunningLog_FindsNothing()
    {
        using var log = Open(Options(segmentSizeBytes: 4096));
        for (var number = 1; number <= 100; number++)
        {
            await AppendAsync(log, "a", $"{number}");
        }

        Assert.True(LogSnapshot.Open(LogDirectory, Disk).Verify().IsSound);
    }

    [Fact]
    public async Task Verify_DamagedFrame_SaysWhereAndWhatIsMissing()
    {
        await WriteAsync();
        Spoil(SegmentFiles()[2], 200);
        var report = LogSnapshot.Open(LogDirectory, Disk).Verify();
        var damage = Assert.Single(report.Damages);
        Assert.Equal(Path.GetFileName(SegmentFiles()[2]), damage.Segment);
        Assert.Equal(1, damage.RecordsLost);
        Assert.Equal("a", Assert.Single(damage.Missing).Topic);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public async Task Verify_DamagedCheckpointAndIndexThatDoesNotFit_SaysWhich()
    {
        await WriteAsync();
        var checkpoint = Directory.GetFiles(Path.Combine(LogDirectory, "checkpoints")).Order(StringComparer.Ordinal).Last();
        Spoil(checkpoint, 40);
        var segment = Segment.AddressOf(Path.GetFileName(SegmentFiles()[0]))!.Value;
        var index = SegmentIndex.Read(Disk, LogDirectory, segment)!;
        (index with { RecordCount = index.RecordCount + 1 }).Save(Disk, LogDirectory);

        var report = LogSnapshot.Open(LogDirectory, Disk).Verify();
        Assert.False(report.IsSound);
        Assert.Equal(2, report.Faults.Count);
        Assert.Contains(report.Faults, fault => fault.Contains(Path.GetFileName(checkpoint), StringComparison.Ordinal));
        Assert.Contains(report.Faults, fault => fault.Contains(SegmentIndex.NameOf(segment), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snapshot_SegmentIsDeletedWhileItIsRead_GoesOnWithoutCallingItDamage()
    {
        await WriteAsync();
        var snapshot = LogSnapshot.Open(LogDirectory, Disk);
        File.Delete(SegmentFiles()[0]);
        using var reader = snapshot.OpenReader(RecordKinds.Of(RecordKind.Reading));
        Assert.EndsWith(new string('x', 60), ReadAll(reader)[^1], StringComparison.Ordinal);
        Assert.Empty(snapshot.ExamineDamage());
    }

    private async Task WriteAsync()
    {
        using var log = Open(Options(segmentSizeBytes: 4096));
        for (var number = 1; number <= 300; number++)
        {
            await AppendAsync(log, "a", $"{number} {new string('x', 60)}");
        }

        await Eventually.HoldsAsync(
            "the sealed segments have their index", TimeSpan.FromSeconds(30), () => Directory.GetFiles(LogDirectory, "*.index").Length == SegmentFiles().Length - 1, Cancellation);
    }

    private static void Spoil(string path, long offset)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
