using System.Collections.Immutable;
using IoTGateway.Rules.Backtesting;

namespace IoTGateway.Rules;

/// <summary>What two rule sets make of one recording, and in what they differ.</summary>
public sealed class BacktestComparison
{
    private BacktestComparison(BacktestResult? older, BacktestResult newer, Recording recording)
    {
        Older = older;
        Newer = newer;
        Recording = recording;
        Differences = older is null ? [] : [.. EpisodeMatcher.Compare(older, newer, recording)];
    }

    /// <summary>The rules compared with; null where only one set was played.</summary>
    public BacktestResult? Older { get; }

    /// <summary>The rules to try.</summary>
    public BacktestResult Newer { get; }

    /// <summary>What was played.</summary>
    public Recording Recording { get; }

    /// <summary>Every difference, in the order of time.</summary>
    public ImmutableArray<BacktestDifference> Differences { get; }

    /// <summary>
    /// The differences in which the old rules raise an alert that stands for 60 s or longer, and the new ones do not raise it at all: what a change of rules
    /// must be able to explain.
    /// </summary>
    public IEnumerable<BacktestDifference> Lost => Differences.Where(difference =>
        difference.Kind == DifferenceKind.OnlyOld
        && (difference.OldEnded is not { } ended || ended - difference.OldRaised!.Value >= EpisodeCollector.Sustained));

    /// <summary>Of each alert the figures by both sets, null where a set does not have it; first the alerts of the new rules in their order.</summary>
    public IEnumerable<(string Alert, BacktestRuleSummary? Older, BacktestRuleSummary? Newer)> Alerts()
    {
        var rest = (Older?.Summary.Rules ?? []).ToList();
        foreach (var after in Newer.Summary.Rules)
        {
            var before = rest.Find(summary => summary.Rule.Name == after.Rule.Name) ?? rest.Find(summary => after.Rule.Was.Contains(summary.Rule.Name));
            if (before is not null)
            {
                rest.Remove(before);
            }

            yield return (after.Rule.Name, before, after);
        }

        foreach (var before in rest)
        {
            yield return (before.Rule.Name, before, null);
        }
    }

    /// <summary>Plays a recording that is without mistakes through two rule sets.</summary>
    /// <param name="older">The rules to compare with.</param>
    /// <param name="newer">The rules to try.</param>
    /// <param name="recording">What was measured.</param>
    /// <param name="options">What the recording does not say.</param>
    public static BacktestComparison Run(RuleSet older, RuleSet newer, Recording recording, BacktestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var before = Backtest.Run(older, recording, options with { Progress = Part(options.Progress, 0) });
        var after = Backtest.Run(newer, recording, options with { Progress = Part(options.Progress, 0.5) });
        return new BacktestComparison(before, after, recording);
    }

    /// <summary>A backtest of one set alone, for reports that show one or two.</summary>
    public static BacktestComparison Of(BacktestResult only, Recording recording) => new(older: null, only, recording);

    private static Action<double>? Part(Action<double>? progress, double from) => progress is null ? null : done => progress(from + (done / 2));
}
