using System.Collections.Immutable;
using IoTGateway.Rules.Backtesting;

namespace IoTGateway.Rules;

/// <summary>A rule set played through a recording: the figures, and each episode for comparisons and reports.</summary>
public sealed class BacktestResult
{
    internal BacktestResult(RuleSet rules, BacktestSummary summary, ImmutableArray<Episode> episodes)
    {
        Rules = rules;
        Summary = summary;
        Episodes = episodes;
    }

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>The figures.</summary>
    public BacktestSummary Summary { get; }

    /// <summary>The episodes in the order in which they were raised.</summary>
    internal ImmutableArray<Episode> Episodes { get; }
}
