using System.Diagnostics;
using System.Globalization;
using IoTGateway.Rules;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>From the text of 50 rules to the first patient under them.</summary>
internal static class RuleLoading
{
    /// <summary>Loads them once. Milliseconds.</summary>
    public static double Milliseconds()
    {
        var files = WardRules.Files();
        var output = new List<AlertTransition>();
        var start = Stopwatch.GetTimestamp();
        var engine = new RuleEngine();
        engine.Load(WardRules.Load(files), VitalsCourse.At(0), output);
        engine.SetPatient(WardEngine.Profile(0), VitalsCourse.At(0), output);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>What a process of its own does: loads them as the first thing in its life, and prints the time.</summary>
    public static int RunCold()
    {
        Console.Out.WriteLine(Milliseconds().ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>The time of a new process, in which nothing is compiled yet. Milliseconds.</summary>
    public static async Task<double> ColdMillisecondsAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "load-rules") { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{Environment.ProcessPath} does not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
