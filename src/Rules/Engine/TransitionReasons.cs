using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Engine;

/// <summary>The reasons an alert can have to change.</summary>
internal static class TransitionReasons
{
    /// <summary>The condition holds.</summary>
    public static readonly ReasonWriter Raised = (CompiledRule rule, in Frame frame) => Holds(rule, in frame, "");

    /// <summary>The condition has held for the rule's <c>for</c>.</summary>
    public static readonly ReasonWriter RaisedFor = (CompiledRule rule, in Frame frame) => Holds(rule, in frame, For(rule.For));

    /// <summary>The clear condition holds.</summary>
    public static readonly ReasonWriter Cleared = (CompiledRule rule, in Frame frame) => IsClear(rule, in frame, "");

    /// <summary>The clear condition has held for the rule's <c>clear after</c>.</summary>
    public static readonly ReasonWriter ClearedFor = (CompiledRule rule, in Frame frame) => IsClear(rule, in frame, For(rule.ClearAfter));

    /// <summary>The clear condition held and does not hold any more.</summary>
    public static readonly ReasonWriter NotClear = (CompiledRule rule, in Frame frame) =>
    {
        var condition = rule.When.Evaluate(in frame) == Truth.True || rule.ClearWhen is null ? rule.When : rule.ClearWhen;
        var truth = condition.Evaluate(in frame);
        var leaf = condition.Deciding(in frame, truth);
        var words = truth switch
        {
            Truth.Unknown => $"{leaf.Subject} has no current value",
            _ => condition == rule.When ? Words(leaf, in frame, true) : Words(leaf, in frame, false),
        };
        return new TransitionReason($"not clear any more: {words}", rule.When.Deciding(in frame, rule.When.Evaluate(in frame)));
    };

    /// <summary>The values the alert rests on are questionable or gone.</summary>
    public static readonly ReasonWriter Unverified = (CompiledRule rule, in Frame frame) =>
    {
        var leaf = rule.When.Deciding(in frame, rule.When.Evaluate(in frame));
        var value = leaf.Value(in frame);
        return new TransitionReason(value.Length == 0 ? $"{leaf.Subject} has no current value" : $"{leaf.Subject} {value} is questionable", leaf);
    };

    /// <summary>The values the alert rests on can be trusted again.</summary>
    public static readonly ReasonWriter Verified = (CompiledRule rule, in Frame frame) =>
    {
        var truth = rule.When.Evaluate(in frame);
        var leaf = rule.When.Deciding(in frame, truth);
        return new TransitionReason(Words(leaf, in frame, truth == Truth.True), leaf);
    };

    /// <summary>A reason from outside, for example that the patient was discharged.</summary>
    public static ReasonWriter Outside(string words) =>
        (CompiledRule rule, in Frame frame) => new TransitionReason(words, rule.When.Deciding(in frame, rule.When.Evaluate(in frame)));

    /// <summary>A pending alert is dropped because its condition is false or unknown.</summary>
    public static ReasonWriter Dropped(CompiledRule rule, in Frame frame, Truth when)
    {
        var leaf = rule.When.Deciding(in frame, when);
        var words = when == Truth.Unknown ? $"{leaf.Subject} has no current value" : Words(leaf, in frame, false);
        return (CompiledRule _, in Frame _) => new TransitionReason(words, leaf);
    }

    private static TransitionReason Holds(CompiledRule rule, in Frame frame, string duration)
    {
        var leaf = rule.When.Deciding(in frame, Truth.True);
        return new TransitionReason(Words(leaf, in frame, true) + duration, leaf);
    }

    private static TransitionReason IsClear(CompiledRule rule, in Frame frame, string duration)
    {
        if (rule.ClearWhen is null)
        {
            var leaf = rule.When.Deciding(in frame, Truth.False);
            return new TransitionReason(Words(leaf, in frame, false) + duration, leaf);
        }

        var clear = rule.ClearWhen.Deciding(in frame, Truth.True);
        return new TransitionReason(Words(clear, in frame, true) + duration, clear);
    }

    /// <summary>"SpO2 86 % &lt; limit 88 %", or "SpO2 91 %, no longer &lt; limit 88 %".</summary>
    private static string Words(LeafCondition leaf, in Frame frame, bool asked)
    {
        var holds = leaf.Evaluate(in frame) == Truth.True;
        var value = leaf.Value(in frame);
        var subject = value.Length == 0 ? leaf.Subject : $"{leaf.Subject} {value}";
        var test = leaf.Test(in frame);
        return holds ? $"{subject} {test}"
            : asked ? $"{subject}: not {test}"
            : value.Length == 0 ? $"{subject}: no longer so ({test})"
            : $"{subject}, no longer {test}";
    }

    private static string For(long milliseconds) => $" for {Durations.Format(TimeSpan.FromMilliseconds(milliseconds))}";
}
