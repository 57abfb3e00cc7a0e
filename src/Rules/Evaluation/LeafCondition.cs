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

    /// <summary>Why its answer cannot be trusted: "SpO2 has no current value", "SpO2 40 % is questionable".</summary>
    public virtual string Doubt(in Frame frame)
    {
        var value = Value(in frame);
        return value.Length == 0 ? $"{Subject} has no current value" : $"{Subject} {value} is questionable";
    }

    /// <summary>"SpO2 86 % &lt; limit 88 %", or "SpO2 91 %, no longer &lt; limit 88 %".</summary>
    /// <param name="frame">The values.</param>
    /// <param name="asked">Whether it is told as what was asked for; else as what is over.</param>
    public virtual string Words(in Frame frame, bool asked)
    {
        var holds = Evaluate(in frame) == Truth.True;
        var value = Value(in frame);
        var subject = value.Length == 0 ? Subject : $"{Subject} {value}";
        var test = Test(in frame);
        return holds ? $"{subject} {test}"
            : asked ? $"{subject}: not {test}"
            : value.Length == 0 ? $"{subject}: no longer so ({test})"
            : $"{subject}, no longer {test}";
    }

    /// <inheritdoc/>
    public override LeafCondition Deciding(in Frame frame, Truth truth) => this;
}
