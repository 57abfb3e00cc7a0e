namespace IoTGateway.Rules;

/// <summary>A limit that a person has set for one patient. Outside what the rule files allow, or of a limit they do not know, it does not count.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin">Who set it and when, in words, for explanations.</param>
public sealed record PatientLimit(string Limit, double Value, string Origin);
