namespace IoTGateway.Rules.Evaluation;

/// <summary>A number with what is known of it when the rules are loaded.</summary>
/// <param name="Node">How to compute it.</param>
/// <param name="Display">How to write it.</param>
/// <param name="Unit">Its UCUM unit; null where it has none of its own (a plain number, a limit, a mixed expression).</param>
/// <param name="Constant">Its value, if it does not depend on the patient.</param>
internal sealed record BoundNumber(NumberNode Node, Display Display, string? Unit, double? Constant);
