namespace IoTGateway.Rules.Evaluation;

/// <summary>A number with what is known of it for a profile of patients.</summary>
/// <param name="Operand">How to compute and to write it.</param>
/// <param name="Unit">Its UCUM unit; null where it has none of its own (a plain number, a limit, a mixed expression).</param>
/// <param name="Constant">Its value, if it does not depend on the patient's values.</param>
internal sealed record CompiledNumber(Operand Operand, string? Unit, double? Constant)
{
    /// <summary>How to compute it.</summary>
    public NumberNode Node => Operand.Node;

    /// <summary>How to write it.</summary>
    public Display Display => Operand.Display;
}
