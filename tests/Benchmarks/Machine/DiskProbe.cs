using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTGateway.Benchmarks.Machine;

/// <summary>What the disk itself can do: append and fdatasync in turn, by one thread, with nothing between them.</summary>
internal static partial class DiskProbe
{
    /// <summary>Milliseconds of one write with fdatasync over a while: the median and the 99th percentile.</summary>
    /// <param name="directory">On the disk to be measured.</param>
    /// <param name="writeSizeBytes">How much is written before each fdatasync.</param>
    /// <param name="duration">How long.</param>
    public static (double Median, double Percentile99) Milliseconds(string directory, int writeSizeBytes, TimeSpan duration)
    {
        var path = Path.Combine(directory, "probe");
        var times = new List<double>();
        var bytes = new byte[writeSizeBytes];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var start = Stopwatch.GetTimestamp();
            for (var offset = 0L; Stopwatch.GetElapsedTime(start) < duration; offset += bytes.Length)
            {
                var before = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, offset);
                if (FlushData(file) != 0)
                {
                    throw new IOException($"fdatasync of {path} failed (errno {Marshal.GetLastPInvokeError()}).");
                }

                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }

        File.Delete(path);
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle file);
}
