namespace IoTGateway.Rules.Evaluation;

/// <summary>A condition that is not made of others.</summary>
internal abstract class LeafCondition : Condition
{
    /// <summary>What it looks at, as a name for people.</summary>
    public abstract string Subject { get; }

    /// <summary>The number it looks at; NaN where there is none.</summary>
    public abstract double Number(in Frame frame);

    /// <summary>The value it looks at, with its unit; empty where there is none.</summary>
    public abstract string Value(in Frame frame);

    /// <summary>What it compares with, with its unit; empty where there is none.</summary>
    public abstract string Limit(in Frame frame);

    /// <summary>The test in words, without the value: <c>&lt; limit 88 %</c>.</summary>
    public abstract string Test(in Frame frame);

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth) => this;
}
