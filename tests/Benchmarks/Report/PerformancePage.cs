using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using IoTGateway.Benchmarks.Machine;

namespace IoTGateway.Benchmarks.Report;

/// <summary>Writes the figures into <c>docs/performance.md</c>, between two marks; what people wrote around them stays.</summary>
internal static class PerformancePage
{
    private const string Begin = "<!-- figures: written by ./benchmark.sh -->";
    private const string End = "<!-- end of figures -->";

    /// <summary>The table in Markdown, with the conditions under which it came to be.</summary>
    public static string Table(IReadOnlyList<Figure> figures, int rounds, string loadBefore, string mosquitto)
    {
        var text = new StringBuilder();
        text.AppendLine("| what | goal | measured | | behind it |").AppendLine("|---|---|---|---|---|");
        foreach (var figure in figures)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.What} | {figure.Goal} | {figure.Measured} | {(figure.IsMet ? "met" : "**missed**")} | {figure.Details} |");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"{DateTimeOffset.Now:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {mosquitto}; {rounds} interleaved rounds, median (least to greatest); generator and servers on the same machine; load averages before {loadBefore}, after {LinuxProcess.LoadAverages()}.");
        return text.ToString();
    }

    /// <summary>Puts the table in its place.</summary>
    public static void Write(string path, string table)
    {
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal);
        var to = page.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} has no place for the figures: '{Begin}' and '{End}' are missing.");
        }

        File.WriteAllText(path, page[..(from + Begin.Length)] + "\n" + table + page[to..]);
    }
}
