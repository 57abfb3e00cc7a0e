using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>A limit of the rule files as it counts for one patient.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What counts: what was set for the patient, else what the files say.</param>
/// <param name="FromFiles">What the files say for this patient.</param>
/// <param name="Lowest">The lowest value that may be set for a patient; null where none may be.</param>
/// <param name="Highest">The highest one.</param>
/// <param name="Signals">The ids of the signals that the conditions of rules compare with it, in the order of the catalogue.</param>
public sealed record RuleLimit(string Name, double Value, double FromFiles, double? Lowest, double? Highest, ImmutableArray<string> Signals);
