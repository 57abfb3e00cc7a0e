using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Checking;

/// <summary>A number with what is known of it before there is a patient.</summary>
/// <param name="Display">How it is named and written.</param>
/// <param name="Unit">Its UCUM unit, or as written; null where it has none of its own (a plain number, a limit, a mixed expression).</param>
/// <param name="Constant">Its value, if it does not depend on what is measured; of a limit the declared one.</param>
/// <param name="Range">What it can be while everything measured is plausible.</param>
internal sealed record NumberType(Display Display, string? Unit, double? Constant, NumberRange Range);
