using IoTGateway.Rules.Backtesting;

namespace IoTGateway.Rules;

/// <summary>Plays recordings through rule sets and tells what the alerts would have done.</summary>
public static class Backtest
{
    /// <summary>Plays one recording through a rule set.</summary>
    /// <param name="rules">The rules to try.</param>
    /// <param name="input">A recording: <c>time_s,patient,metric,value</c>, in any order of time.</param>
    /// <param name="fileName">The recording's name, for errors.</param>
    /// <param name="output">Receives each state an alert entered, in the order of time; the time as in the input, in seconds.</param>
    /// <param name="format">How to write it.</param>
    /// <returns>What was found, or what is wrong with the recording: then nothing is written.</returns>
    public static BacktestSummary Run(RuleSet rules, TextReader input, string fileName, TextWriter output, BacktestFormat format)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(input);
        var recording = new Recording(rules.Catalogue);
        recording.ReadCsv(input, fileName);
        return Run(rules, recording, new BacktestOptions(), output, format).Summary;
    }

    /// <summary>Plays a recording through a rule set.</summary>
    /// <param name="rules">The rules to try.</param>
    /// <param name="recording">What was measured.</param>
    /// <param name="options">What the recording does not say.</param>
    /// <param name="output">Receives each state an alert entered, in the order of time; null: nobody wants to know.</param>
    /// <param name="format">How to write it.</param>
    public static BacktestResult Run(
        RuleSet rules, Recording recording, BacktestOptions options, TextWriter? output = null, BacktestFormat format = BacktestFormat.Csv)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(options);
        if (recording.Errors.Length > 0)
        {
            return new BacktestResult(rules, new BacktestSummary { Errors = recording.Errors }, []);
        }

        recording.Sort();
        var lines = output is null ? null : new BacktestOutput(output, format);
        lines?.Begin();
        var collector = new EpisodeCollector(rules);
        var player = new BacktestPlayer(rules, recording, options);
        player.Play(
            (patient, transition) =>
            {
                collector.Add(patient, transition);
                lines?.Write(transition);
            },
            collector.EndPatient);
        return new BacktestResult(rules, SummaryOf(rules, recording, player, collector), [.. collector.Episodes]);
    }

    private static BacktestSummary SummaryOf(RuleSet rules, Recording recording, BacktestPlayer player, EpisodeCollector collector)
    {
        var days = player.PatientTime.TotalDays;
        var byRule = collector.Episodes.ToLookup(episode => episode.Rule.Index);
        return new BacktestSummary
        {
            Errors = [],
            Patients = recording.Patients.Count,
            Readings = player.Readings,
            Values = recording.Rows.Count,
            UnknownMetrics = recording.Unknown,
            PatientDays = days,
            Rules = [.. rules.Rules.Select(rule => SummaryOf(rule, [.. byRule[rule.Index]], days, collector.Missed[rule.Index]))],
        };
    }

    private static BacktestRuleSummary SummaryOf(AlertRule rule, List<Episode> episodes, double days, int missed)
    {
        var durations = episodes.Select(episode => episode.Duration).Order().ToList();
        var middle = durations.Count / 2;
        TimeSpan? median = durations.Count == 0 ? null
            : durations.Count % 2 == 1 ? durations[middle]
            : (durations[middle - 1] + durations[middle]) / 2;
        var total = durations.Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration);

        // One that still stood at the end would have gone on: it is not called short.
        var tooShort = episodes.Count(episode => !episode.IsOpen && episode.Duration < BacktestRuleSummary.ShortBelow);
        return new BacktestRuleSummary(rule, episodes.Count, days > 0 ? episodes.Count / days : 0, total, median, tooShort, missed);
    }
}
