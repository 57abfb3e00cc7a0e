using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>How a scenario went.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">The line in which it begins, from 1.</param>
/// <param name="Expectations">How many expectations it has.</param>
/// <param name="Misses">Those that were not met.</param>
public sealed record ScenarioOutcome(string Name, string File, int Line, int Expectations, ImmutableArray<ScenarioMiss> Misses);
