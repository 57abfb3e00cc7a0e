using System.Globalization;
using System.Text;

namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>The figures of <c>docs/recordings.md</c>; they stand between two marks.</summary>
internal static class RecordingsPage
{
    private const string Begin = "<!-- figures -->\n";
    private const string End = "<!-- end of figures -->\n";

    /// <summary>The page with these figures in the place of those it has.</summary>
    public static string With(string page, string figures)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, "The page has lost the marks of its figures.");
        return page[..(begin + Begin.Length)] + figures + page[end..];
    }

    /// <summary>The tables: one of the recordings, one of the rules that raised anything or should have.</summary>
    public static string Figures(IReadOnlyList<PlayedRecording> recordings)
    {
        var text = new StringBuilder();
        Row(text, "", [.. recordings.Select(played => $"`{played.File}`")]);
        Row(text, "---", [.. recordings.Select(_ => "---")]);
        Row(text, "patients", [.. recordings.Select(played => Number(played.Recording.Patients.Count))]);
        Row(text, "recorded, all patients", [.. recordings.Select(played => Invariant($"{played.Recorded.TotalHours:#,0.#} h"))]);
        Row(text, "values", [.. recordings.Select(played => Number(played.Recording.Count))]);
        Row(text, "alarms of plain thresholds", [.. recordings.Select(played => Number(played.Exceedances.Count))]);
        Row(text, "alerts on the patient", [.. recordings.Select(played => Number(played.Raised(AlertKind.Physiological)))]);
        Row(text, "less", [.. recordings.Select(played => Invariant($"{100 * (1 - ((double)played.Raised(AlertKind.Physiological) / played.Exceedances.Count)):0} %"))]);
        Row(text, "episodes of 60 s or longer", [.. recordings.Select(played => Number(played.Exceedances.Count(beyond => beyond.IsSustained)))]);
        Row(text, "of these missed", [.. recordings.Select(played => Number(played.Missed.Count))]);
        Row(text, "technical alerts", [.. recordings.Select(played => Number(played.Raised(AlertKind.Technical)))]);
        text.Append('\n');
        Row(text, "rule", [.. recordings.Select(played => $"`{played.File}`")]);
        Row(text, "---", [.. recordings.Select(_ => "---")]);
        var rules = recordings[0].Rules.Rules;
        foreach (var rule in rules.Where(rule => recordings.Any(played => IsSeen(played, rule))))
        {
            Row(text, rule.Kind == AlertKind.Technical ? $"{rule.Name} (technical)" : rule.Name, [.. recordings.Select(played => Cell(played, rule))]);
        }

        text.Append(Invariant($"\nNever raised: {string.Join("; ", rules.Where(rule => !recordings.Any(played => IsSeen(played, rule))).Select(rule => rule.Name))}.\n"));
        return text.ToString();
    }

    private static bool IsSeen(PlayedRecording played, AlertRule rule) => played.Raised(rule) > 0 || Beyond(played, rule).Any();

    private static string Cell(PlayedRecording played, AlertRule rule)
    {
        var beyond = Beyond(played, rule).ToList();
        var sustained = beyond.Count(one => one.IsSustained);
        var missed = sustained == 0 ? "" : Invariant($"; {played.Missed.Count(one => one.Threshold.Rule.Name == rule.Name)} of {sustained} missed");
        return Number(played.Raised(rule)) + (beyond.Count == 0 ? "" : $" of {Number(beyond.Count)}{missed}");
    }

    private static IEnumerable<Exceedance> Beyond(PlayedRecording played, AlertRule rule) => played.Exceedances.Where(beyond => beyond.Threshold.Rule.Name == rule.Name);

    private static void Row(StringBuilder text, string name, IReadOnlyList<string> cells) => text.Append(Invariant($"| {name} | {string.Join(" | ", cells)} |\n"));

    private static string Number(int number) => Invariant($"{number:#,0}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
