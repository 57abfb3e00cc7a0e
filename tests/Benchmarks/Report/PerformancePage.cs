using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using IoTGateway.Benchmarks.Machine;

namespace IoTGateway.Benchmarks.Report;

/// <summary>
/// The figures of <c>docs/performance.md</c>, between two marks; what people wrote around them stays. Each row begins with the measure it comes of, and below the
/// rows stands of each run which measures it took and under what conditions, so that some measures can be taken anew without losing the others.
/// </summary>
internal sealed class PerformancePage
{
    private const string Begin = "<!-- figures: written by ./benchmark.sh -->";
    private const string End = "<!-- end of figures -->";
    private const string Head = "| measure | what | goal | measured | | behind it |\n|---|---|---|---|---|---|\n";

    // In the order of the page: rows with their measure, and runs with theirs.
    private readonly List<(string Measure, string Row)> _rows = [];
    private readonly List<(string[] Measures, string Conditions)> _runs = [];

    /// <summary>Takes the figures of a measure in the place of those there are.</summary>
    /// <param name="measure">Its name.</param>
    /// <param name="figures">What came of it.</param>
    /// <param name="order">All measures; new rows come where they belong.</param>
    public void Take(string measure, IEnumerable<Figure> figures, string[] order)
    {
        _rows.RemoveAll(row => row.Measure == measure);
        var place = _rows.FindIndex(row => Array.IndexOf(order, row.Measure) > Array.IndexOf(order, measure));
        _rows.InsertRange(place < 0 ? _rows.Count : place, figures.Select(figure => (measure, RowOf(measure, figure))));
        for (var run = _runs.Count - 1; run >= 0; run--)
        {
            _runs[run] = ([.. _runs[run].Measures.Where(other => other != measure)], _runs[run].Conditions);
            if (_runs[run].Measures.Length == 0)
            {
                _runs.RemoveAt(run);
            }
        }
    }

    /// <summary>Says under what conditions measures were taken.</summary>
    public void TakeRun(string[] measures, int rounds, string loadBefore, string? mosquitto) => _runs.Add((measures, string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.Now:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}{(mosquitto is null ? "" : $", {mosquitto}; generator and servers on the same machine")}; {rounds} interleaved rounds, median (least to greatest); load averages before {loadBefore}, after {LinuxProcess.LoadAverages()}.")));

    /// <summary>Reads what stands in a page.</summary>
    public static PerformancePage Read(string path)
    {
        var page = new PerformancePage();
        var (text, from, to) = Place(path);
        foreach (var line in text[from..to].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !Head.Contains(line, StringComparison.Ordinal)))
        {
            if (line.StartsWith('|'))
            {
                page._rows.Add((line.Split('|')[1].Trim(), line));
            }
            else if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon)
            {
                page._runs.Add((line[..colon].TrimStart('-', ' ').Split(", "), line[(colon + 2)..]));
            }
        }

        return page;
    }

    /// <summary>Puts it in its place.</summary>
    public void Write(string path)
    {
        var (text, from, to) = Place(path);
        File.WriteAllText(path, $"{text[..from]}\n{this}{text[to..]}");
    }

    /// <summary>The table in Markdown, with the conditions under which it came to be.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Head);
        _rows.ForEach(row => text.Append(row.Row).Append('\n'));
        text.Append('\n');
        _runs.ForEach(run => text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", run.Measures)}: {run.Conditions}\n"));
        return text.ToString();
    }

    private static string RowOf(string measure, Figure figure) =>
        $"| {measure} | {figure.What} | {figure.Goal} | {figure.Measured} | {(figure.IsMet ? "met" : "**missed**")} | {figure.Details} |";

    /// <summary>The page, and where the figures begin and end in it.</summary>
    private static (string Text, int From, int To) Place(string path)
    {
        var text = File.ReadAllText(path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        return from >= 0 && to > from ? (text, from + Begin.Length, to) : throw new InvalidOperationException(
            $"{path} has no place for the figures: '{Begin}' and '{End}' are missing.");
    }
}
