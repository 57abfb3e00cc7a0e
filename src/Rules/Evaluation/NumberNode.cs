namespace IoTGateway.Rules.Evaluation;

/// <summary>A number that may depend on a patient's values. Straight-line: its cost is known when the rules are loaded.</summary>
internal abstract class NumberNode
{
    /// <summary>Its value now; NaN while it cannot be known.</summary>
    public abstract double Evaluate(in Frame frame);
}
