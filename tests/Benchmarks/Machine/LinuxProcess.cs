using System.Globalization;
using System.Runtime.InteropServices;

namespace IoTGateway.Benchmarks.Machine;

/// <summary>What Linux knows of a process (proc(5)), and signals to it.</summary>
internal static partial class LinuxProcess
{
    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    private const int ClockTicksAsked = 2;

    private static readonly double TicksPerSecond = SystemConfiguration(ClockTicksAsked);

    /// <summary>CPU time used so far, in user and kernel mode.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        var fields = File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Resident memory. Bytes.</summary>
    public static long ResidentBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>The machine's load averages over 1, 5 and 15 minutes.</summary>
    public static string LoadAverages() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>Sends a signal.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial long SystemConfiguration(int name);
}
