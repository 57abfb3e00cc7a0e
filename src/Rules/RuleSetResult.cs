using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>What loading gave.</summary>
/// <param name="Rules">The rule set; null if there is any error.</param>
/// <param name="Diagnostics">All errors and warnings of all files.</param>
public sealed record RuleSetResult(RuleSet? Rules, ImmutableArray<Diagnostic> Diagnostics);
