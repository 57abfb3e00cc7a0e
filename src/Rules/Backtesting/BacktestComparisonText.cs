using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Readings;
using IoTGateway.Rules.Backtesting;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules;

/// <summary>Writes a comparison: as a table for people, as one JSON object, or the differences as CSV.</summary>
public static class BacktestComparisonText
{
    // Names are the operators' own and go to a terminal or a file, not into a page.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    private static readonly string[] Sets = ["OLD", "NEW"];

    private static readonly string[] Heads =
        ["RAISES", "", "A PATIENT-DAY", "", "STOOD", "", "MEDIAN", "", "BELOW 30 S", "", "MISSED 60 S", ""];

    /// <summary>Writes it in a format.</summary>
    /// <param name="comparison">What is written.</param>
    /// <param name="output">Where to.</param>
    /// <param name="format">How.</param>
    /// <param name="mostDifferences">How many differences the table shows.</param>
    public static void Write(BacktestComparison comparison, TextWriter output, BacktestFormat format, int mostDifferences)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(output);
        switch (format)
        {
            case BacktestFormat.Csv:
                WriteCsv(comparison, output);
                break;
            case BacktestFormat.Json:
                WriteJson(comparison, output);
                break;
            default:
                WriteTable(comparison, output);
                WriteDifferences(comparison, output, mostDifferences);
                break;
        }
    }

    /// <summary>A kind in words.</summary>
    internal static string InWords(BacktestDifference difference, bool isClock)
    {
        var priority = (difference.NewPriority ?? difference.OldPriority)!.Value.ToString().ToLowerInvariant();
        return difference.Kind switch
        {
            DifferenceKind.OnlyNew => $"only NEW raises ({priority}, {Stood(difference.NewRaised!.Value, difference.NewEnded)})",
            DifferenceKind.OnlyOld => $"only OLD raises ({priority}, {Stood(difference.OldRaised!.Value, difference.OldEnded)})",
            DifferenceKind.Joined => "OLD raises once more, NEW holds one alert",
            DifferenceKind.Split => "NEW raises once more, OLD holds one alert",
            DifferenceKind.Level => $"OLD comes to {difference.OldPriority!.Value.ToString().ToLowerInvariant()}, NEW to {priority}",
            _ => string.Join(", ", new[]
            {
                difference.RaiseShift == TimeSpan.Zero ? "" : $"NEW raises {Shift(difference.RaiseShift!.Value)}",
                difference.OldEnded == difference.NewEnded ? ""
                    : difference.OldEnded is { } before && difference.NewEnded is { } after ? $"ends {Shift(after - before)}"
                    : difference.NewEnded is { } ended ? $"ends at {RecordedTime.Shown(ended, isClock)}, by OLD not at all"
                    : "does not end, by OLD it does",
            }.Where(part => part.Length > 0)),
        };
    }

    private static string Stood(Instant raised, Instant? ended) => ended is { } end ? $"for {Durations.Format(end - raised)}" : "to the end";

    private static string Shift(TimeSpan shift) => $"{Durations.Format(shift.Duration())} {(shift > TimeSpan.Zero ? "later" : "earlier")}";

    private static void WriteTable(BacktestComparison comparison, TextWriter output)
    {
        var rows = comparison.Alerts().Where(alert => (alert.Older?.Raises ?? 0) + (alert.Newer?.Raises ?? 0) + (alert.Older?.MissedSustained ?? 0) + (alert.Newer?.MissedSustained ?? 0) > 0).ToList();
        List<string[]> cells = [["", .. Heads], ["ALERT", .. Enumerable.Repeat(Sets, Heads.Length / 2).SelectMany(pair => pair)]];
        cells.AddRange(rows.Select(row => (string[])[row.Alert, .. Figures(row.Older).Zip(Figures(row.Newer)).SelectMany(pair => new[] { pair.First, pair.Second })]));
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Skip(1).Max(line => line[column].Length)).ToArray();
        for (var head = 1; head < widths.Length; head += 2)
        {
            // A head stands above two columns.
            widths[head + 1] = Math.Max(widths[head + 1], cells[0][head].Length - widths[head] - 2);
        }

        output.WriteLine(
            "".PadRight(widths[0]) + string.Concat(Enumerable.Range(0, Heads.Length / 2).Select(pair => "  " + Heads[2 * pair].PadLeft(widths[(2 * pair) + 1] + widths[(2 * pair) + 2] + 2))));
        foreach (var line in cells.Skip(1))
        {
            output.WriteLine(line[0].PadRight(widths[0]) + string.Concat(line.Skip(1).Select((cell, index) => "  " + cell.PadLeft(widths[index + 1]))));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Raised in all: OLD {comparison.Older?.Summary.Raises ?? 0}, NEW {comparison.Newer.Summary.Raises}{Change(comparison)}. Raised by OLD for 60 s or longer and not at all by NEW: {comparison.Lost.Count()}."));
    }

    private static string Change(BacktestComparison comparison) =>
        comparison.Older is { Summary.Raises: > 0 and var before }
            ? string.Create(CultureInfo.InvariantCulture, $" ({100.0 * (comparison.Newer.Summary.Raises - before) / before:+0;-0;0} %)")
            : "";

    private static string[] Figures(BacktestRuleSummary? summary) => summary is null ? ["-", "-", "-", "-", "-", "-"] :
    [
        summary.Raises.ToString(CultureInfo.InvariantCulture),
        summary.RaisesPerPatientDay.ToString("0.0", CultureInfo.InvariantCulture),
        Durations.Format(summary.Raised),
        summary.MedianDuration is { } median ? Durations.Format(median) : "-",
        summary.ShortShare is { } share ? share.ToString("0 %", CultureInfo.InvariantCulture) : "-",
        summary.MissedSustained.ToString(CultureInfo.InvariantCulture),
    ];

    private static void WriteDifferences(BacktestComparison comparison, TextWriter output, int most)
    {
        var differences = comparison.Differences;
        var kinds = differences.CountBy(difference => difference.Kind).ToDictionary(pair => pair.Key, pair => pair.Value);
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{differences.Length} differences: {kinds.GetValueOrDefault(DifferenceKind.OnlyNew)} only NEW, {kinds.GetValueOrDefault(DifferenceKind.OnlyOld)} only OLD, {kinds.GetValueOrDefault(DifferenceKind.Moved)} moved, {kinds.GetValueOrDefault(DifferenceKind.Joined)} joined, {kinds.GetValueOrDefault(DifferenceKind.Split)} split, {kinds.GetValueOrDefault(DifferenceKind.Level)} at another level."));
        if (differences.Length > most)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The first {most}:"));
        }

        var isClock = comparison.Recording.IsClock;
        var shown = differences.Take(most).Select(difference => (
            Time: RecordedTime.Shown(difference.Time, isClock), difference.Patient, difference.Alert, Words: InWords(difference, isClock))).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        var (time, patient, alert) = (shown.Max(line => line.Time.Length), shown.Max(line => line.Patient.Length), shown.Max(line => line.Alert.Length));
        foreach (var line in shown)
        {
            output.WriteLine($"  {line.Time.PadLeft(time)}  {line.Patient.PadRight(patient)}  {line.Alert.PadRight(alert)}  {line.Words}");
        }
    }

    private static void WriteCsv(BacktestComparison comparison, TextWriter output)
    {
        output.WriteLine("difference,patient,alert,old_raised,old_ended,new_raised,new_ended,old_priority,new_priority");
        foreach (var difference in comparison.Differences)
        {
            output.WriteLine(string.Join(
                ',', Name<DifferenceKind>(difference.Kind), BacktestOutput.Quote(difference.Patient), BacktestOutput.Quote(difference.Alert), Seconds(difference.OldRaised), Seconds(difference.OldEnded),
                Seconds(difference.NewRaised), Seconds(difference.NewEnded), Name(difference.OldPriority), Name(difference.NewPriority)));
        }
    }

    private static string Seconds(Instant? time) => time is { } known ? RecordedTime.Seconds(known) : "";

    private static string Name<T>(T? value)
        where T : struct, Enum => value is { } known ? JsonNamingPolicy.KebabCaseLower.ConvertName(known.ToString()) : "";

    private static void WriteJson(BacktestComparison comparison, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            patients = comparison.Newer.Summary.Patients,
            patientDays = comparison.Newer.Summary.PatientDays,
            readings = comparison.Newer.Summary.Readings,
            raises = new { old = comparison.Older?.Summary.Raises, @new = comparison.Newer.Summary.Raises },
            lost = comparison.Lost.Count(),
            alerts = comparison.Alerts().Select(alert => new { alert = alert.Alert, old = FiguresForPrograms(alert.Older), @new = FiguresForPrograms(alert.Newer) }),
            differences = comparison.Differences.Select(difference => new
            {
                kind = Name<DifferenceKind>(difference.Kind),
                difference.Patient,
                difference.Alert,
                oldRaised = Number(difference.OldRaised),
                oldEnded = Number(difference.OldEnded),
                newRaised = Number(difference.NewRaised),
                newEnded = Number(difference.NewEnded),
                oldPriority = Name(difference.OldPriority),
                newPriority = Name(difference.NewPriority),
                difference.Reason,
            }),
        },
        JsonOptions));

    private static decimal? Number(Instant? time) => time?.UnixMilliseconds / 1_000m;

    private static object? FiguresForPrograms(BacktestRuleSummary? summary) => summary is null ? null : new
    {
        priority = Name<AlertPriority>(summary.Rule.Priority),
        summary.Raises,
        summary.RaisesPerPatientDay,
        secondsRaised = summary.Raised.TotalSeconds,
        medianSeconds = summary.MedianDuration?.TotalSeconds,
        below30Seconds = summary.ShortLived,
        summary.MissedSustained,
    };
}
