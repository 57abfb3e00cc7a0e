using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Files;

namespace IoTGateway.Rules.Definitions;

/// <summary>
/// A set of rule files as their authors mean it: read, every name resolved, everything checked, nothing computed yet. The engine compiles it;
/// the oracle of the tests interprets it.
/// </summary>
internal sealed record RuleSetDefinition
{
    /// <summary>No signals and no rules.</summary>
    public static readonly RuleSetDefinition Empty = new()
    {
        Catalogue = new SignalCatalogue([]),
        Signals = [],
        Limits = [],
        Overrides = [],
        Derived = [],
        Rules = [],
        EvaluationOrder = [],
    };

    /// <summary>The signals.</summary>
    public required SignalCatalogue Catalogue { get; init; }

    /// <summary>The signals with what only the rules need to know, in the order of the catalogue.</summary>
    public required ImmutableArray<SignalDeclaration> Signals { get; init; }

    /// <summary>The limits in the order of the files.</summary>
    public required ImmutableArray<LimitDefinition> Limits { get; init; }

    /// <summary>The overrides in the order of the files.</summary>
    public required ImmutableArray<OverrideDefinition> Overrides { get; init; }

    /// <summary>The derived signals, each behind all it is computed from, whatever the overrides put in its place.</summary>
    public required ImmutableArray<DerivedDefinition> Derived { get; init; }

    /// <summary>The windows of time that anything looks at, whatever is asked of them; each is kept once for a patient.</summary>
    public ImmutableArray<(string Signal, TimeSpan Length)> Windows { get; init; } = [];

    /// <summary>The rules in the order of the files.</summary>
    public required ImmutableArray<RuleDefinition> Rules { get; init; }

    /// <summary>
    /// Indexes of the rules in the order in which they are evaluated: as in the files, but each behind the alerts it asks for (<c>is active</c>) and
    /// those that suppress it.
    /// </summary>
    public required ImmutableArray<int> EvaluationOrder { get; init; }
}
