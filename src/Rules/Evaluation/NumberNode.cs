namespace IoTGateway.Rules.Evaluation;

/// <summary>A number that may depend on a patient's values. Straight-line: its cost is known when the rules are loaded.</summary>
internal abstract class NumberNode
{
    /// <summary>The slot it reads, if it is nothing but the present value of one (rounded or not); -1 for all others.</summary>
    public virtual int Slot => -1;

    /// <summary>Its value now.</summary>
    public abstract Interval Evaluate(in Frame frame);

    /// <summary>Notes what it reads, any change of which may matter.</summary>
    public abstract void Collect(ReadSet reads);

    /// <summary>Of a node with a <see cref="Slot"/>: the least value of the slot from which on this number is at least another one.</summary>
    public virtual double EdgeAtLeast(double number) => number;

    /// <summary>Of a node with a <see cref="Slot"/>: the least value of the slot from which on this number is above another one.</summary>
    public virtual double EdgeAbove(double number) => Math.BitIncrement(number);
}
