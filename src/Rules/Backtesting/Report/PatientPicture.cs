using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Readings;
using static IoTGateway.Rules.Backtesting.Report.Html;

namespace IoTGateway.Rules.Backtesting.Report;

/// <summary>
/// One patient's part of the report: for each signal that an alert reads its curve with the limits, and over it, on the same axis, the alerts of the old and
/// the new rules as bands. Alerts that read no recorded signal by name (scores, derived signals) have bands alone.
/// </summary>
internal sealed class PatientPicture
{
    // No generated code: the mutants of the tests are compiled without generators.
    private static readonly Regex LeadingNumber = new(@"^-?\d+(\.\d+)?", RegexOptions.CultureInvariant);

    private const int MostPanels = 8;
    private const int MostLimits = 6;
    private const int Ticks = 5;

    private readonly BacktestComparison _comparison;
    private readonly int _patient;
    private readonly List<RecordingRow> _rows;
    private readonly List<Episode> _older;
    private readonly List<Episode> _newer;
    private readonly TimeScale _scale;

    public PatientPicture(BacktestComparison comparison, int patient, List<RecordingRow> rows)
    {
        (_comparison, _patient, _rows) = (comparison, patient, rows);
        _older = EpisodesOf(comparison.Older);
        _newer = EpisodesOf(comparison.Newer);
        _scale = new TimeScale(new Instant(rows[0].Time), new Instant(rows[^1].Time));
    }

    /// <summary>Writes it.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine("<section class=\"patient\">");
        output.WriteLine($"<h3>{Encode(_comparison.Recording.Patients[_patient].Name)}</h3>");
        output.WriteLine($"<p class=\"note\">{(_comparison.Older is null ? "" : $"OLD raised {Count(_older.Count)}, ")}{(_comparison.Older is null ? "Raised" : "NEW")} {Count(_newer.Count)}.</p>");
        var rules = _older.Concat(_newer).Select(episode => episode.Rule).DistinctBy(rule => rule.Name).ToList();
        var signals = _rows.Select(row => row.Signal).Distinct().OrderBy(signal => signal.Index).ToList();
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var panels = 0;
        foreach (var signal in signals)
        {
            var names = rules.Where(rule => !shown.Contains(rule.Name) && RuleWords.Of(rule).Contains(signal.Id)).Select(rule => rule.Name).ToList();
            if (names.Count > 0 && panels < MostPanels)
            {
                panels++;
                shown.UnionWith(names);
                WritePanel(output, signal, names);
            }
        }

        var rest = rules.Select(rule => rule.Name).Where(name => !shown.Contains(name)).ToList();
        if (rest.Count > 0)
        {
            output.WriteLine("<figure class=\"strip\"><figcaption>Other alerts</figcaption>");
            WriteBands(output, rest);
            output.WriteLine("</figure>");
        }

        WriteAxis(output);
        output.WriteLine("</section>");
    }

    private List<Episode> EpisodesOf(BacktestResult? result) => [.. (result?.Episodes ?? []).Where(episode => episode.Patient == _patient)];

    private static string Count(int count) => count == 1 ? "1 alert" : string.Create(CultureInfo.InvariantCulture, $"{count} alerts");

    private void WritePanel(TextWriter output, Signal signal, List<string> names)
    {
        output.WriteLine($"<figure class=\"strip\"><figcaption>{Encode(signal.Name)}{(signal.UnitShown.Length > 0 ? $" <small>{Encode(signal.UnitShown)}</small>" : "")}</figcaption>");
        WriteBands(output, names);
        var values = _rows.Where(row => row.Signal == signal && row.Quality == Quality.Valid).ToList();
        if (values.Count > 0 && signal.Form == SignalForm.Number)
        {
            WriteCurve(output, signal, values, names);
        }

        output.WriteLine("</figure>");
    }

    private void WriteCurve(TextWriter output, Signal signal, List<RecordingRow> values, List<string> names)
    {
        var limits = LimitsOf(_older, names, "old").Concat(LimitsOf(_newer, names, "new")).Where(limit => IsNear(limit.Value, values)).Take(2 * MostLimits).ToList();
        var curve = new Curve(values, _scale, limits.Select(limit => limit.Value));
        var format = "F" + signal.Decimals.ToString(CultureInfo.InvariantCulture);
        output.WriteLine("<div class=\"row\"><div class=\"scale\">");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"<span>{curve.High.ToString(format, CultureInfo.InvariantCulture)}</span><span>{curve.Low.ToString(format, CultureInfo.InvariantCulture)}</span>"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"</div><svg class=\"curve\" viewBox=\"0 0 {TimeScale.Width} {Curve.Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Encode(signal.Name)} over time\">"));
        foreach (var episode in _newer.Where(episode => names.Contains(episode.Rule.Name)))
        {
            WriteRectangle(output, episode, $"shade {ClassOf(episode.Priority)}", Curve.Height);
        }

        foreach (var limit in limits)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"<line class=\"limit {limit.Set}\" x1=\"0\" x2=\"{TimeScale.Width}\" y1=\"{curve.Y(limit.Value):0.#}\" y2=\"{curve.Y(limit.Value):0.#}\"><title>{limit.Set.ToUpperInvariant()} limit {limit.Value}</title></line>"));
        }

        output.WriteLine($"<path class=\"course\" d=\"{curve.Path()}\"/></svg></div>");
        if (limits.Count > 0)
        {
            var shown = limits.GroupBy(limit => limit.Set).Select(set => (_comparison.Older is null ? "" : set.Key.ToUpperInvariant() + " ") + string.Join(", ", set.Select(limit => limit.Value.ToString(CultureInfo.InvariantCulture))));
            output.WriteLine($"<p class=\"note inset\">Limits: {Encode(string.Join("; ", shown))}</p>");
        }
    }

    private void WriteBands(TextWriter output, List<string> names)
    {
        foreach (var name in names)
        {
            output.WriteLine($"<div class=\"band-name\">{Encode(name)}</div>");
            if (_comparison.Older is not null)
            {
                WriteBand(output, "OLD", "old", _older.Where(episode => episode.Rule.Name == name));
            }

            WriteBand(output, _comparison.Older is null ? "" : "NEW", "new", _newer.Where(episode => episode.Rule.Name == name));
        }
    }

    private void WriteBand(TextWriter output, string label, string set, IEnumerable<Episode> episodes)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<div class=\"row\"><span class=\"set\">{label}</span><svg class=\"band {set}\" viewBox=\"0 0 {TimeScale.Width} 10\" preserveAspectRatio=\"none\">"));
        foreach (var episode in episodes)
        {
            WriteRectangle(output, episode, ClassOf(episode.Priority), 10);
        }

        output.WriteLine("</svg></div>");
    }

    private void WriteRectangle(TextWriter output, Episode episode, string classes, double height)
    {
        // Even the shortest alert has to be seen.
        var width = Math.Max(_scale.X(episode.Ended) - _scale.X(episode.Raised), 1.5);
        var isClock = _comparison.Recording.IsClock;
        var title = $"{episode.Rule.Name} ({ClassOf(episode.Priority)}): {RecordedTime.Shown(episode.Raised, isClock)} to {(episode.IsOpen ? "the end" : RecordedTime.Shown(episode.Ended, isClock))}. {episode.Reason}";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{classes}\" x=\"{Math.Min(_scale.X(episode.Raised), TimeScale.Width - width):0.#}\" y=\"0\" width=\"{width:0.#}\" height=\"{height}\"><title>{Encode(title)}</title></rect>"));
    }

    private void WriteAxis(TextWriter output)
    {
        output.WriteLine("<div class=\"row axis\"><span></span><div class=\"ticks\">");
        for (var tick = 0; tick < Ticks; tick++)
        {
            var time = _scale.From + ((_scale.To - _scale.From) * tick / (Ticks - 1));
            output.WriteLine($"<span>{RecordedTime.Shown(time, _comparison.Recording.IsClock)}</span>");
        }

        output.WriteLine("</div></div>");
    }

    /// <summary>The limits that the alerts were compared with when they were raised: what held for this very patient.</summary>
    private static IEnumerable<(string Set, double Value)> LimitsOf(List<Episode> episodes, List<string> names, string set) => episodes
        .Where(episode => names.Contains(episode.Rule.Name))
        .Select(episode => LeadingNumber.Match(episode.Limit))
        .Where(match => match.Success)
        .Select(match => (set, double.Parse(match.ValueSpan, CultureInfo.InvariantCulture)))
        .Distinct()
        .OrderBy(limit => limit.Item2);

    /// <summary>A limit of another signal of the same rule would only press this one's curve flat.</summary>
    private static bool IsNear(double limit, List<RecordingRow> values)
    {
        var (low, high) = (values.Min(row => row.Value), values.Max(row => row.Value));
        var span = Math.Max(high - low, Math.Abs(high) * 0.1);
        return limit >= low - span && limit <= high + span;
    }
}
