using System.Collections.Immutable;
using System.Globalization;

namespace IoTGateway.Rules;

/// <summary>What a backtest found.</summary>
public sealed record BacktestSummary
{
    /// <summary>What is wrong with the recording. If there is anything, nothing was evaluated.</summary>
    public required ImmutableArray<Diagnostic> Errors { get; init; }

    /// <summary>How many patients the recording has.</summary>
    public int Patients { get; init; }

    /// <summary>How many readings: the rows of one patient and one time.</summary>
    public int Readings { get; init; }

    /// <summary>How many values of known signals.</summary>
    public int Values { get; init; }

    /// <summary>Metrics nobody knows, with how many rows each; they were passed over.</summary>
    public ImmutableSortedDictionary<string, int> UnknownMetrics { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The recorded time of all patients, from the first row of each to its last, in days.</summary>
    public double PatientDays { get; init; }

    /// <summary>How often anything was raised.</summary>
    public int Raises => Rules.Sum(rule => rule.Raises);

    /// <summary>Every rule, in the order of the files.</summary>
    public ImmutableArray<BacktestRuleSummary> Rules { get; init; } = [];

    /// <summary>Writes it for people; rules that were never raised are left out.</summary>
    public void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (var error in Errors)
        {
            output.WriteLine(error);
        }

        if (Errors.Length > 0)
        {
            return;
        }

        var days = PatientDays.ToString("0.##", CultureInfo.InvariantCulture);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Patients} patients, {days} patient-days, {Readings} readings, {Values} values, {Raises} alerts raised"));
        foreach (var rule in Rules.Where(rule => rule.Raises > 0).OrderByDescending(rule => rule.Raises))
        {
            var name = $"{rule.Rule.Name} ({rule.Rule.Priority.ToString().ToLowerInvariant()})";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rule.Raises,8} x {rule.RaisesPerPatientDay,8:0.0} a patient-day  {Language.Durations.Format(rule.Raised),-14} {name}"));
        }

        foreach (var (metric, rows) in UnknownMetrics)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"passed over: {rows} rows of '{metric}', which is no signal"));
        }
    }
}
