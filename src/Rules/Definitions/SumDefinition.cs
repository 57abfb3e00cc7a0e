using System.Collections.Immutable;

namespace IoTGateway.Rules.Definitions;

/// <summary>A score made of scores: <c>news2: { add: [rr_points, spo2_points, ...] }</c>.</summary>
internal sealed record SumDefinition : DerivedDefinition
{
    /// <summary>The scores and sums that are added, each once.</summary>
    public required ImmutableArray<string> Parts { get; init; }
}
