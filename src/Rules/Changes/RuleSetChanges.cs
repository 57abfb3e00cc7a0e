using System.Collections.Immutable;
using IoTGateway.Rules.Changes;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules;

/// <summary>Says in words what is different between two rule sets, beyond what an <see cref="AlertRule"/> tells of itself.</summary>
public static class RuleSetChanges
{
    /// <summary>The limits, then the overrides, the derived signals and the signals that are different.</summary>
    public static ImmutableArray<SettingChange> OfSettings(RuleSet before, RuleSet after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before.Definition, after.Definition);
        var (oldUsers, users) = (new SettingUsers(old), new SettingUsers(now));
        return
        [
            .. LimitChanges.Between(old, oldUsers, now, users),
            .. OverrideChanges.Between(old, oldUsers, now, users),
            .. DerivedChanges.Between(old, oldUsers, now, users),
            .. SignalChanges.Between(before, after),
        ];
    }

    /// <summary>What is different about a rule that <see cref="AlertRule"/> does not tell: for whom it is, what holds it back, and its messages.</summary>
    /// <param name="before">A rule set.</param>
    /// <param name="old">One of its rules.</param>
    /// <param name="after">Another set.</param>
    /// <param name="rule">The same rule there.</param>
    public static IEnumerable<string> OfRule(RuleSet before, AlertRule old, RuleSet after, AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(rule);
        var (was, now) = (before.Definition.Rules[old.Index], after.Definition.Rules[rule.Index]);
        return Wording.Change("only in", Whom(was.OnlyIn), Whom(now.OnlyIn))
            .Concat(Wording.Change("suppressed by", Suppressors(before, was), Suppressors(after, now)))
            .Concat(Wording.Change("message", Text(was.Message), Text(now.Message)))
            .Concat(from level in now.Levels
                    let earlier = was.Levels.FirstOrDefault(one => one.Priority == level.Priority)
                    where earlier is not null
                    from words in Wording.Change($"{level.Priority.ToString().ToLowerInvariant()} message", Text(earlier.Message), Text(level.Message))
                    select words);
    }

    private static string Whom(Applicability whom)
    {
        string[] parts =
        [
            .. whom.Wards.IsEmpty ? Array.Empty<string>() : [$"ward {string.Join(" or ", whom.Wards)}"],
            .. whom.Tags.IsEmpty ? Array.Empty<string>() : [$"tag {string.Join(" or ", whom.Tags)}"],
            .. whom.Populations.IsEmpty ? Array.Empty<string>() : [$"population {string.Join(" or ", whom.Populations.Select(population => Files.Keys.Populations[(int)population]))}"],
        ];
        return parts.Length == 0 ? "everybody" : string.Join(" and ", parts);
    }

    private static string Suppressors(RuleSet rules, RuleDefinition rule) =>
        rule.SuppressedBy.IsEmpty ? "nothing" : string.Join(" and ", rule.SuppressedBy.Select(index => rules.Rules[index].Name));

    private static string Text(ImmutableArray<MessageDefinition>? message) => message is not { IsEmpty: false } pieces
        ? "none"
        : $"\"{string.Concat(pieces.Select(piece => piece.Value is { } value ? $"{{{Wording.Of(value)}}}" : piece.Text))}\"";
}
