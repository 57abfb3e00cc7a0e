using System.Collections.Immutable;

namespace IoTGateway.Rules.Definitions;

/// <summary>Points by a table: the first row whose condition holds gives them.</summary>
internal sealed record ScoreDefinition : DerivedDefinition
{
    /// <summary>The rows in their order.</summary>
    public required ImmutableArray<ScoreRow> Rows { get; init; }

    /// <summary>Number inputs are rounded half up to a multiple of this before they are looked up; null: they are not.</summary>
    public double? Round { get; init; }
}
