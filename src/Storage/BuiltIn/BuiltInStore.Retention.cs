using IoTGateway.Readings;

namespace IoTGateway.Storage.BuiltIn;

public sealed partial class BuiltInStore
{
    /// <summary>
    /// Deletes the days that ended longer ago than the retention, if nothing was added to them since then either.
    /// </summary>
    private void DeleteOldDays()
    {
        var now = Instant.Now(_clock);
        _lastClean = now;
        foreach (var day in StoreDay.In(_options.Directory))
        {
            if (CursorFile.LastReceived(day) is not { } lastReceived)
            {
                CursorFile.SetLastReceived(day, now); // Copied in by hand, or the cursor file was lost: its time counts from now.
            }
            else if (now - day.End > _options.RetentionAge && now - lastReceived > _options.RetentionAge)
            {
                Delete(day);
            }
        }
    }

    private void Delete(StoreDay day)
    {
        var open = _openDays.FindIndex(file => file.Day == day);
        if (open >= 0)
        {
            _openDays[open].Dispose();
            _openDays.RemoveAt(open);
        }

        // The database first: a crash in between leaves files that RemoveOrphans knows, not a database without its newest pages.
        var path = Path.Combine(_options.Directory, day.FileName);
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        CursorFile.Remove(day);
        _logger.DayDeleted(day.FileName);
    }

    /// <summary>Deletes write-ahead logs whose database is gone: they must not be taken for those of a later file of the same name.</summary>
    private static void RemoveOrphans(string directory)
    {
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*.db" + suffix))
            {
                if (!File.Exists(path[..^suffix.Length]))
                {
                    File.Delete(path);
                }
            }
        }
    }
}
