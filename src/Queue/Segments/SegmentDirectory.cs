using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>Finds the segments of a log and where they end, without changing anything.</summary>
internal static class SegmentDirectory
{
    /// <summary>The segments, oldest first, what was begun but never used, and what is missing.</summary>
    /// <exception cref="LogCorruptException">A file does not bear the name it was written under: nothing is lost if it is renamed back.</exception>
    /// <exception cref="InvalidDataException">A segment is of a version this program does not know.</exception>
    public static SegmentFiles Read(IDisk disk, string directory)
    {
        var paths = disk.ListFiles(directory).Where(name => Segment.AddressOf(name) is not null).Select(name => Path.Combine(directory, name)).ToList();
        var found = new List<FoundFile>();
        var stillborn = new List<string>();
        foreach (var path in paths)
        {
            using var file = disk.OpenFile(path);
            var baseAddress = Segment.AddressOf(Path.GetFileName(path))!.Value;
            var header = Segment.ReadHeader(file, path, out _);
            if (header?.BaseAddress != baseAddress && path == paths[^1] && HoldsNoFrame(file, path))
            {
                // Never used: what stands in it is unwritten, or what an earlier file left on the disk.
                stillborn.Add(path);
            }
            else if (header is { } another && another.BaseAddress != baseAddress)
            {
                throw new LogCorruptException(path, 32, $"the header says address {another.BaseAddress}, which is not the file's name: rename it back");
            }
            else
            {
                found.Add(new FoundFile(path, baseAddress, baseAddress + file.Length, header));
            }
        }

        var segments = new List<Segment>();
        var damages = new List<DamagedRange>();
        var known = found.LastOrDefault(file => file.Header is not null)?.Header;
        for (var index = 0; index < found.Count; index++)
        {
            var file = found[index];
            var header = file.Header ?? new SegmentHeader(known?.LogIdentity ?? Guid.Empty, known?.Epoch ?? 0, file.BaseAddress, PrecedingEnd: segments is [.., var before] ? before.End : 0);
            if (file.Header is null)
            {
                damages.Add(new DamagedRange(file.BaseAddress, file.BaseAddress + SegmentHeader.SizeBytes));
            }

            var segment = new Segment(file.Path, header, long.MaxValue);
            segments.Add(segment);
            if (index + 1 < found.Count)
            {
                EndAtSuccessor(disk, segment, file, found[index + 1], damages);
            }
        }

        return new SegmentFiles(segments, stillborn, damages);
    }

    /// <summary>Reads a whole segment for its end; goes around damage.</summary>
    public static SegmentTail FindEnd(IDisk disk, Segment segment)
    {
        using var file = disk.OpenFile(segment.Path);
        var fileEnd = Math.Min(segment.BaseAddress + file.Length, segment.End);
        var scanner = new SegmentScanner(file, segment.BaseAddress, segment.FirstFrame);
        var damages = new List<DamagedRange>();
        var end = segment.FirstFrame;
        FrameHeader? lastFrame = null;
        while (scanner.TryNextAround(fileEnd, out var damage))
        {
            if (damage is { } range)
            {
                damages.Add(range);
            }

            end = scanner.Address;
            lastFrame = scanner.Header;
        }

        return new SegmentTail(end, fileEnd, lastFrame, damages);
    }

    /// <summary>A segment ends where its successor says it did, for what lies behind that was never acknowledged; only the last one is scanned.</summary>
    private static void EndAtSuccessor(IDisk disk, Segment segment, FoundFile file, FoundFile successor, List<DamagedRange> damages)
    {
        if (successor.Header is not { } header)
        {
            segment.End = FindEnd(disk, segment).End;
        }
        else if (header.PrecedingEnd <= file.End)
        {
            segment.End = header.PrecedingEnd;
        }
        else
        {
            // The rest of this file, or a whole file between the two, is missing.
            var end = FindEnd(disk, segment).End;
            segment.End = header.PrecedingEnd;
            damages.Add(new DamagedRange(end, header.PrecedingEnd));
        }
    }

    private static bool HoldsNoFrame(IDiskFile file, string path)
    {
        var baseAddress = Segment.AddressOf(Path.GetFileName(path))!.Value;
        var scanner = new SegmentScanner(file, baseAddress, baseAddress);
        return scanner.FindFrameBehind(baseAddress, baseAddress + file.Length) is null;
    }

    private sealed record FoundFile(string Path, long BaseAddress, long End, SegmentHeader? Header);
}
