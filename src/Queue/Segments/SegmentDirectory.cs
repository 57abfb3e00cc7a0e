using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>Finds the segments of a log and where they end, without changing anything.</summary>
internal static class SegmentDirectory
{
    /// <summary>The segments, oldest first, and files that were begun but never used.</summary>
    /// <exception cref="LogCorruptException">A header cannot be read, though records may stand behind it.</exception>
    public static (IReadOnlyList<Segment> Segments, IReadOnlyList<string> Stillborn) Read(IDisk disk, string directory)
    {
        var paths = disk.ListFiles(directory).Where(name => Segment.AddressOf(name) is not null).Select(name => Path.Combine(directory, name)).ToList();
        var headers = new List<(string Path, SegmentHeader Header, long FileEnd)>();
        var stillborn = new List<string>();
        foreach (var path in paths)
        {
            using var file = disk.OpenFile(path);
            if (Segment.ReadHeader(file, path, out var fault) is { } header)
            {
                headers.Add((path, header, header.BaseAddress + file.Length));
            }
            else if (path == paths[^1] && HoldsNoFrame(file, path))
            {
                stillborn.Add(path);
            }
            else
            {
                throw new LogCorruptException(path, 0, fault);
            }
        }

        var segments = new List<Segment>();
        for (var index = 0; index < headers.Count; index++)
        {
            // A segment ends where its successor says it did; the last one is scanned.
            var end = index + 1 < headers.Count ? headers[index + 1].Header.PrecedingEnd : long.MaxValue;
            if (index + 1 < headers.Count && end > headers[index].FileEnd)
            {
                throw new LogCorruptException(
                    headers[index + 1].Path, 40, $"the log before this segment reaches to {end}, but what is there ends at {headers[index].FileEnd}: a file is missing or cut between them");
            }

            segments.Add(new Segment(headers[index].Path, headers[index].Header, end));
        }

        return (segments, stillborn);
    }

    /// <summary>The address behind the last whole frame of the last segment, and the address behind the last byte of its file.</summary>
    /// <exception cref="LogCorruptException">There is a whole frame behind bytes that are not one.</exception>
    public static (long End, long FileEnd) FindEnd(IDisk disk, Segment last)
    {
        using var file = disk.OpenFile(last.Path);
        var fileEnd = last.BaseAddress + file.Length;
        var scanner = new SegmentScanner(file, last.BaseAddress, last.FirstFrame);
        while (scanner.TryNext(fileEnd))
        {
        }

        var end = scanner.Address;
        if (scanner.FindFrameBehind(end, fileEnd) is { } behind)
        {
            throw new LogCorruptException(
                last.Path, end - last.BaseAddress, $"{behind - end} bytes here are damaged, and whole records stand behind them. Nothing was changed");
        }

        return (end, fileEnd);
    }

    private static bool HoldsNoFrame(IDiskFile file, string path)
    {
        var baseAddress = Segment.AddressOf(Path.GetFileName(path))!.Value;
        var scanner = new SegmentScanner(file, baseAddress, baseAddress);
        return scanner.FindFrameBehind(baseAddress, baseAddress + file.Length) is null;
    }
}
