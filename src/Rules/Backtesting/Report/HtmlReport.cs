using System.Globalization;
using IoTGateway.Rules.Backtesting;
using IoTGateway.Rules.Backtesting.Report;
using IoTGateway.Rules.Language;
using static IoTGateway.Rules.Backtesting.Report.Html;

namespace IoTGateway.Rules;

/// <summary>
/// A backtest as one HTML file that needs nothing else: the figures of each alert, bars, the first differences, and for each patient the alerts over the
/// curves. It holds what the recording holds, patients' ids and values among it.
/// </summary>
public static class HtmlReport
{
    /// <summary>Patients beyond these are only counted: a report is to be read.</summary>
    public const int MostPatients = 30;

    /// <summary>Writes the report.</summary>
    /// <param name="comparison">What it shows.</param>
    /// <param name="title">What was played, for example the file's name.</param>
    /// <param name="mostDifferences">How many differences it lists.</param>
    /// <param name="output">Receives the page.</param>
    public static void Write(BacktestComparison comparison, string title, int mostDifferences, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("<!doctype html>");
        output.WriteLine("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        output.WriteLine($"<title>Backtest of {Encode(title)}</title><style>");
        output.Write(Style());
        output.WriteLine("</style></head><body><main>");
        WriteHead(comparison, title, output);
        WriteFigures(comparison, output);
        WriteBars(comparison, output);
        WriteDifferences(comparison, mostDifferences, output);
        WritePatients(comparison, output);
        output.WriteLine("</main></body></html>");
    }

    private static void WriteHead(BacktestComparison comparison, string title, TextWriter output)
    {
        var summary = comparison.Newer.Summary;
        output.WriteLine($"<header><h1>Backtest of {Encode(title)}</h1>");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"<p>{summary.Patients:#,0} patient{(summary.Patients == 1 ? "" : "s")}, {summary.PatientDays:#,0.##} patient-days, {summary.Readings:#,0} readings, {summary.Values:#,0} values.</p>"));
        output.WriteLine("<div class=\"cards\">");
        if (comparison.Older is { Summary: var before })
        {
            WriteCard(output, "OLD raises", before.Raises.ToString("#,0", CultureInfo.InvariantCulture), PerDay(before));
            WriteCard(output, "NEW raises", summary.Raises.ToString("#,0", CultureInfo.InvariantCulture), PerDay(summary));
            WriteCard(output, "Change", before.Raises > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * (summary.Raises - before.Raises) / before.Raises:+0;−0;0} %") : "–", "of all raises");
            WriteCard(output, "Lost", comparison.Lost.Count().ToString("#,0", CultureInfo.InvariantCulture), "stood 60 s or longer by OLD, never raised by NEW");
        }
        else
        {
            WriteCard(output, "Raises", summary.Raises.ToString("#,0", CultureInfo.InvariantCulture), PerDay(summary));
        }

        output.WriteLine("</div>");
        var older = comparison.Older is { Rules: var rules } ? $"OLD: rule set {rules.Version[..12]}. " : "";
        output.WriteLine($"<p class=\"note\">{older}{(comparison.Older is null ? "Rule set" : "NEW: rule set")} {comparison.Newer.Rules.Version[..12]}. Each value counts as received when it was measured. This page holds patient data.</p></header>");
    }

    private static string PerDay(BacktestSummary summary) =>
        summary.PatientDays > 0 ? string.Create(CultureInfo.InvariantCulture, $"{summary.Raises / summary.PatientDays:#,0.0} a patient-day") : "";

    private static void WriteCard(TextWriter output, string head, string figure, string note) =>
        output.WriteLine($"<div class=\"card\"><span>{head}</span><strong>{figure}</strong><small>{note}</small></div>");

    private static void WriteFigures(BacktestComparison comparison, TextWriter output)
    {
        var two = comparison.Older is not null;
        string[] heads = ["Raises", "A patient-day", "Stood in all", "Median", "Below 30 s", "Missed 60 s"];
        output.WriteLine("<section><h2>Alerts</h2><div class=\"wide\"><table class=\"figures\"><thead><tr><th rowspan=\"2\">Alert</th>");
        foreach (var head in heads)
        {
            output.WriteLine($"<th{(two ? " colspan=\"2\"" : " rowspan=\"2\"")}>{head}</th>");
        }

        output.WriteLine("</tr><tr>");
        output.WriteLine(two ? string.Concat(heads.Select(_ => "<th class=\"old\">OLD</th><th>NEW</th>")) : "");
        output.WriteLine("</tr></thead><tbody>");
        foreach (var (alert, before, after) in Shown(comparison))
        {
            var priority = (after ?? before)!.Rule.Priority;
            output.WriteLine($"<tr><th scope=\"row\"><i class=\"{ClassOf(priority)}\"></i>{Encode(alert)} <small>{ClassOf(priority)}</small></th>");
            foreach (var (old, now) in Figures(before).Zip(Figures(after)))
            {
                output.WriteLine((two ? $"<td class=\"old\">{old}</td>" : "") + $"<td>{now}</td>");
            }

            output.WriteLine("</tr>");
        }

        output.WriteLine("</tbody></table></div>");
        output.WriteLine("<p class=\"note\">Stood: active or clearing, over all patients. Below 30 s: the share of raises that ended within 30 s. Missed 60 s: how often the condition held for 60 s or longer without a raise.</p></section>");
    }

    private static string[] Figures(BacktestRuleSummary? summary) => summary is null ? ["–", "–", "–", "–", "–", "–"] :
    [
        summary.Raises.ToString("#,0", CultureInfo.InvariantCulture),
        summary.RaisesPerPatientDay.ToString("#,0.0", CultureInfo.InvariantCulture),
        Durations.Format(summary.Raised),
        summary.MedianDuration is { } median ? Durations.Format(median) : "–",
        summary.ShortShare is { } share ? share.ToString("0 %", CultureInfo.InvariantCulture) : "–",
        summary.MissedSustained.ToString("#,0", CultureInfo.InvariantCulture),
    ];

    private static void WriteBars(BacktestComparison comparison, TextWriter output)
    {
        var alerts = Shown(comparison).ToList();
        var most = Math.Max(1, alerts.Select(alert => Math.Max(alert.Older?.Raises ?? 0, alert.Newer?.Raises ?? 0)).DefaultIfEmpty().Max());
        output.WriteLine("<section><h2>Raises by alert</h2><div class=\"bars\">");
        foreach (var (alert, before, after) in alerts)
        {
            output.WriteLine($"<div class=\"bar-name\">{Encode(alert)}</div><div class=\"bar-pair\">");
            if (comparison.Older is not null)
            {
                WriteBar(output, "old", before?.Raises, most);
            }

            WriteBar(output, "new", after?.Raises, most);
            output.WriteLine("</div>");
        }

        output.WriteLine("</div>" + (comparison.Older is null ? "" : "<p class=\"note\"><i class=\"key old\"></i> OLD <i class=\"key new\"></i> NEW</p>") + "</section>");
    }

    private static void WriteBar(TextWriter output, string set, int? raises, int most) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"<div class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"><rect class=\"{set}\" x=\"0\" y=\"0\" width=\"{100.0 * (raises ?? 0) / most:0.##}\" height=\"10\"/></svg><span>{(raises is { } count ? count.ToString("#,0", CultureInfo.InvariantCulture) : "–")}</span></div>"));

    private static void WriteDifferences(BacktestComparison comparison, int most, TextWriter output)
    {
        if (comparison.Older is null)
        {
            return;
        }

        var isClock = comparison.Recording.IsClock;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<section><h2>Differences</h2><p>{comparison.Differences.Length:#,0} in all{(comparison.Differences.Length > most ? $"; the first {most}:" : ".")}</p>"));
        if (comparison.Differences.Length > 0)
        {
            output.WriteLine("<div class=\"wide\"><table><thead><tr><th>Time</th><th>Patient</th><th>Alert</th><th>Difference</th></tr></thead><tbody>");
            foreach (var difference in comparison.Differences.Take(most))
            {
                output.WriteLine($"<tr><td class=\"time\">{RecordedTime.Shown(difference.Time, isClock)}</td><td>{Encode(difference.Patient)}</td><td>{Encode(difference.Alert)}</td><td title=\"{Encode(difference.Reason)}\">{Encode(BacktestComparisonText.InWords(difference, isClock))}</td></tr>");
            }

            output.WriteLine("</tbody></table></div>");
        }

        output.WriteLine("</section>");
    }

    /// <summary>The patients of whom most is to be told first: by differences, then by raises.</summary>
    private static void WritePatients(BacktestComparison comparison, TextWriter output)
    {
        var recording = comparison.Recording;
        var differences = comparison.Differences.CountBy(difference => difference.Patient).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var raises = comparison.Newer.Episodes.Concat(comparison.Older?.Episodes ?? []).CountBy(episode => episode.Patient).ToDictionary(pair => pair.Key, pair => pair.Value);
        var patients = raises.Keys.OrderByDescending(patient => differences.GetValueOrDefault(recording.Patients[patient].Name))
            .ThenByDescending(patient => raises[patient]).ThenBy(patient => recording.Patients[patient].Name, StringComparer.Ordinal).ToList();
        var rows = recording.Rows.ToLookup(row => row.Patient);
        output.WriteLine("<section><h2>Patients</h2>");
        output.WriteLine("<p class=\"note\">Over each curve the alerts, by colour: <i class=\"high\"></i> high, <i class=\"medium\"></i> medium, <i class=\"low\"></i> low. Dashed lines are the limits compared with; the curve shows valid values only.</p>");
        foreach (var patient in patients.Take(MostPatients))
        {
            new PatientPicture(comparison, patient, [.. rows[patient]]).Write(output);
        }

        var without = recording.Patients.Count - patients.Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"<p class=\"note\">{(patients.Count > MostPatients ? $"{patients.Count - MostPatients} more patients with alerts are not drawn. " : "")}{without} patient{(without == 1 ? "" : "s")} had no alert.</p></section>"));
    }

    private static IEnumerable<(string Alert, BacktestRuleSummary? Older, BacktestRuleSummary? Newer)> Shown(BacktestComparison comparison) =>
        comparison.Alerts().Where(alert => (alert.Older?.Raises ?? 0) + (alert.Newer?.Raises ?? 0) + (alert.Older?.MissedSustained ?? 0) + (alert.Newer?.MissedSustained ?? 0) > 0);

    private static string Style()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The report's style sheet is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
