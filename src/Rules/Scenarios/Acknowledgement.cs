namespace IoTGateway.Rules.Scenarios;

/// <summary>Somebody acknowledges an alert in the course of a scenario.</summary>
/// <param name="Rule">Which.</param>
/// <param name="At">When, from the beginning of the scenario; everything that the rules make of that moment comes before.</param>
/// <param name="Line">The line in which it stands, from 1.</param>
internal sealed record Acknowledgement(AlertRule Rule, TimeSpan At, int Line);
