using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Engine;

/// <summary>The reasons an alert can have to change.</summary>
internal static class TransitionReasons
{
    /// <summary>The condition of a level holds.</summary>
    public static TransitionReason Raised(CompiledRule rule, int level, in Frame frame) => Holds(rule.Levels[level].When, in frame, "");

    /// <summary>The condition of a level has held for its <c>for</c>.</summary>
    public static TransitionReason RaisedFor(CompiledRule rule, int level, in Frame frame) =>
        Holds(rule.Levels[level].When, in frame, For(rule.Levels[level].For));

    /// <summary>The clear condition holds.</summary>
    public static TransitionReason Cleared(CompiledRule rule, int level, in Frame frame) => IsClear(rule, level, in frame, "");

    /// <summary>The clear condition has held for the rule's <c>clear after</c>.</summary>
    public static TransitionReason ClearedFor(CompiledRule rule, int level, in Frame frame) => IsClear(rule, level, in frame, For(rule.ClearAfter));

    /// <summary>The clear condition held and does not hold any more.</summary>
    public static TransitionReason NotClear(CompiledRule rule, int level, in Frame frame)
    {
        var when = HoldingOr(rule, level, in frame);
        var holds = when.Evaluate(in frame) == Truth.True;
        var condition = holds || rule.ClearWhen is null ? when : rule.ClearWhen;
        var truth = condition.Evaluate(in frame);
        var words = truth == Truth.Unknown
            ? condition.Deciding(in frame, truth).Doubt(in frame)
            : condition.Words(in frame, truth, asked: condition == when);
        return new TransitionReason($"not clear any more: {words}", Leaf(when, in frame));
    }

    /// <summary>The condition of a level has been false for the rule's <c>clear after</c>, and the alert goes to a lower one.</summary>
    public static TransitionReason SteppedDown(CompiledRule rule, int level, in Frame frame)
    {
        var when = rule.Levels[level].When;
        var truth = when.Evaluate(in frame);
        return new TransitionReason(when.Words(in frame, truth, asked: false) + For(rule.ClearAfter), when.Deciding(in frame, truth));
    }

    /// <summary>The values the alert rests on are questionable or gone.</summary>
    public static TransitionReason Unverified(CompiledRule rule, int level, in Frame frame)
    {
        var trusted = frame.With(trustedOnly: true);
        var condition = Unknown(rule, level, in trusted);
        var leaf = condition.Deciding(in trusted, Truth.Unknown);
        return new TransitionReason(leaf.Doubt(in frame), leaf);
    }

    /// <summary>The values the alert rests on can be trusted again.</summary>
    public static TransitionReason Verified(CompiledRule rule, int level, in Frame frame)
    {
        var when = HoldingOr(rule, level, in frame);
        var truth = when.Evaluate(in frame);
        return new TransitionReason(when.Words(in frame, truth, asked: truth == Truth.True), when.Deciding(in frame, truth));
    }

    /// <summary>A reason from outside, for example that the patient was discharged.</summary>
    public static TransitionReason Outside(string words, CompiledRule rule, int level, in Frame frame) => new(words, Leaf(rule.Levels[level].When, in frame));

    /// <summary>A pending alert is dropped because its condition is false or unknown.</summary>
    public static TransitionReason Dropped(CompiledRule rule, int level, in Frame frame)
    {
        var when = rule.Levels[level].When;
        var truth = when.Evaluate(in frame);
        var leaf = when.Deciding(in frame, truth);
        return new TransitionReason(truth == Truth.Unknown ? leaf.Doubt(in frame) : when.Words(in frame, truth, asked: false), leaf);
    }

    /// <summary>The condition that cannot be told: that of the level, of another one, or the clear condition.</summary>
    private static Condition Unknown(CompiledRule rule, int level, in Frame trusted)
    {
        var when = rule.Levels[level].When;
        if (when.Evaluate(in trusted) == Truth.Unknown)
        {
            return when;
        }

        foreach (var other in rule.Levels)
        {
            if (other.When.Evaluate(in trusted) == Truth.Unknown)
            {
                return other.When;
            }
        }

        return rule.ClearWhen ?? when;
    }

    /// <summary>The condition of a level, unless another one holds and it does not.</summary>
    private static Condition HoldingOr(CompiledRule rule, int level, in Frame frame)
    {
        var when = rule.Levels[level].When;
        for (var other = rule.Levels.Length - 1; other >= 0 && when.Evaluate(in frame) != Truth.True; other--)
        {
            when = rule.Levels[other].When.Evaluate(in frame) == Truth.True ? rule.Levels[other].When : when;
        }

        return when;
    }

    private static TransitionReason Holds(Condition when, in Frame frame, string duration) =>
        new(when.Words(in frame, Truth.True, asked: true) + duration, when.Deciding(in frame, Truth.True));

    private static TransitionReason IsClear(CompiledRule rule, int level, in Frame frame, string duration)
    {
        var (condition, truth) = rule.ClearWhen is null ? (rule.Levels[level].When, Truth.False) : (rule.ClearWhen, Truth.True);
        return new TransitionReason(condition.Words(in frame, truth, asked: truth == Truth.True) + duration, condition.Deciding(in frame, truth));
    }

    private static LeafCondition Leaf(Condition when, in Frame frame) => when.Deciding(in frame, when.Evaluate(in frame));

    private static string For(long milliseconds) => milliseconds == 0 ? "" : $" for {Durations.Format(TimeSpan.FromMilliseconds(milliseconds))}";
}
