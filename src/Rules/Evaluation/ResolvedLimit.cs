namespace IoTGateway.Rules.Evaluation;

/// <summary>A limit as it is for a patient.</summary>
/// <param name="Value">The number.</param>
/// <param name="Origin">Where it comes from: file and line, for whom, or who set it.</param>
internal sealed record ResolvedLimit(double Value, string Origin);
