namespace IoTGateway.Alerts;

/// <summary>What came of a person's request about rule sets.</summary>
/// <param name="Done">Whether it was done.</param>
/// <param name="Message">A sentence or more for the person.</param>
public sealed record RuleAnswer(bool Done, string Message);
