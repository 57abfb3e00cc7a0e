namespace IoTGateway.Queue.Tests;

public class RecoveryTests : LogTest
{
    [Fact]
    public async Task Open_AfterClose_GoesOnWhereItWas()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "1");
            await AppendAsync(log, "b", "1");
        }

        using var again = Open();
        await AppendAsync(again, "a", "2");
        Assert.Equal(["a#1 1", "b#1 1", "a#2 2"], ReadReadings(again));
    }

    [Fact]
    public async Task Open_SecondGatewayOnTheSameDirectory_IsRefused()
    {
        using var log = Open();
        await AppendAsync(log, "a", "1");
        var failure = Assert.Throws<IOException>(() => Open());
        Assert.Contains("Another gateway", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TailCutAtEveryByte_LosesOnlyWhatWasCut()
    {
        long afterFirst;
        using (var log = Open())
        {
            await AppendAsync(log, "a", "first");
            afterFirst = log.End.Address;
            await AppendAsync(log, "a", "second");
        }

        var file = SegmentFiles().Single();
        var whole = await File.ReadAllBytesAsync(file, Cancellation);
        for (var length = (int)afterFirst; length <= whole.Length; length++)
        {
            foreach (var later in SegmentFiles().Skip(1))
            {
                File.Delete(later);
            }

            await File.WriteAllBytesAsync(file, whole[..length], Cancellation);
            using (var log = Open())
            {
                string[] expected = length == whole.Length ? ["a#1 first", "a#2 second"] : ["a#1 first"];
                Assert.Equal(expected, ReadReadings(log));
                await AppendAsync(log, "a", "next");
            }

            using var again = Open();
            Assert.Equal(length == whole.Length ? "a#3 next" : "a#2 next", ReadReadings(again)[^1]);
        }
    }

    [Fact]
    public async Task Open_GarbageBehindTheEnd_IsPassedOverAndNeverReused()
    {
        LogPosition end;
        using (var log = Open())
        {
            await AppendAsync(log, "a", "first");
            end = log.End;
        }

        await File.AppendAllBytesAsync(SegmentFiles().Single(), Enumerable.Repeat((byte)0xA5, 100).ToArray(), Cancellation);
        using (var log = Open())
        {
            Assert.Equal(end, log.End);
            await AppendAsync(log, "a", "second");
        }

        Assert.Equal(2, SegmentFiles().Length);
        using var again = Open();
        Assert.Equal(["a#1 first", "a#2 second"], ReadReadings(again));
        Assert.True(again.End.Address > end.Address + 100);
    }

    [Fact]
    public async Task Open_SegmentBegunButNeverUsed_IsRemoved()
    {
        LogPosition end;
        using (var log = Open())
        {
            await AppendAsync(log, "a", "first");
            end = log.End;
        }

        var stillborn = Path.Combine(LogDirectory, Segments.Segment.NameOf(end.Address));
        await File.WriteAllBytesAsync(stillborn, new byte[30], Cancellation);
        using var again = Open();
        Assert.False(File.Exists(stillborn));
        await AppendAsync(again, "a", "second");
        Assert.Equal(["a#1 first", "a#2 second"], ReadReadings(again));
    }

    [Fact]
    public async Task Open_EndedBetweenASegmentsHeaderAndItsFirstFrame_GoesOn()
    {
        for (var round = 1; round <= 2; round++)
        {
            using var log = Open();
            await AppendAsync(log, "a", "kept");
        }

        using (var file = File.OpenWrite(SegmentFiles()[^1]))
        {
            file.SetLength(Segments.SegmentHeader.SizeBytes);
        }

        using (var log = Open())
        {
            Assert.Equal(["a#1 kept"], ReadReadings(log));
            await AppendAsync(log, "a", "next");
        }

        // Now the empty segment stands between two others.
        using var again = Open();
        Assert.Equal(["a#1 kept", "a#2 next"], ReadReadings(again));
    }

    [Fact]
    public async Task Open_UnknownFormatVersion_Refuses()
    {
        using (var log = Open())
        {
            await AppendAsync(log, "a", "first");
        }

        var file = SegmentFiles().Single();
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[8] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(60), Crc32C.Append(0, bytes.AsSpan(0, 60)));
        await File.WriteAllBytesAsync(file, bytes, Cancellation);
        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ManySegments_ReadsAcrossThem()
    {
        using (var log = Open(Options(segmentSizeBytes: 4096)))
        {
            for (var number = 1; number <= 300; number++)
            {
                await AppendAsync(log, "a", $"{number} {new string('x', 60)}");
            }
        }

        Assert.True(SegmentFiles().Length > 5);
        using var again = Open(Options(segmentSizeBytes: 4096));
        var readings = ReadReadings(again);
        Assert.Equal(300, readings.Count);
        Assert.StartsWith("a#300 300", readings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Crc32C_CheckValue_IsThatOfTheStandard() => Assert.Equal(0xE3069283u, Crc32C.Append(0, "123456789"u8));
}
