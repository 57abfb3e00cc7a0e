using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

internal sealed partial class RulesReader
{
    private const int MostStages = 10;
    private const int LongestRole = 80;
    private const string Never = "never";

    /// <summary>Whether nothing is lacking where the rule has no message; also asked when the levels have mistakes of their own.</summary>
    private static bool EachLevelHasMessage(ConfigNode rule) =>
        rule.Find("levels") is { Kind: ConfigKind.Mapping, Entries.Count: > 0 } levels
        && levels.Entries.All(level => level.Value.Kind == ConfigKind.Mapping && level.Value.KeyOf("message") is not null);

    /// <summary>The levels of a rule; one for a rule without <c>levels</c>. Null when a mistake was reported.</summary>
    private LevelTexts? ReadLevels(MappingReader reader, ConfigNode node, ConfigNode owner)
    {
        if (node.KeyOf("levels") is null)
        {
            return ReadOnlyLevel(reader, owner);
        }

        if (node.KeyOf("priority") is { } priority)
        {
            diagnostics.Error(priority, Codes.Contradiction, "a rule with `levels` has no `priority` of its own", "the levels are its priorities; remove this");
        }

        var sharedFor = reader.Duration("for");
        if (reader.Mapping(
            "levels", "`levels` wants priorities, each with its condition", "write for example `levels: { medium: { when: spo2 < 90, for: 15 s }, high: { when: spo2 < 80 } }`") is not { } levels)
        {
            return null;
        }

        _ = new MappingReader(levels, diagnostics, "`levels`", Keys.Levels);
        var texts = new LevelTexts();
        var shared = reader.Text("when");
        var sharedWhen = shared is null ? null : Condition(shared, texts.Implausible);
        var good = node.KeyOf("priority") is null && sharedWhen is null == shared is null;
        foreach (var name in Keys.Levels.Where(name => levels.KeyOf(name) is not null))
        {
            good &= ReadLevel(name, levels, shared, sharedWhen, sharedFor, texts);
        }

        if (levels.Entries.Count == 0)
        {
            diagnostics.Error(levels, Codes.MissingKey, "there is no level", "name at least one of low, medium and high");
        }

        return good && texts.Definitions.Count > 0 ? texts : null;
    }

    private bool ReadLevel(string name, ConfigNode levels, ConfigNode? shared, Expression? sharedWhen, TimeSpan? sharedFor, LevelTexts texts)
    {
        var key = levels.KeyOf(name)!;
        var node = levels.Find(name)!;
        var empty = node is { Kind: ConfigKind.Text, Text.Length: 0 };
        if (node.Kind != ConfigKind.Mapping && !empty)
        {
            diagnostics.Error(node, Codes.Shape, $"what is known of the level {name} stands below it", $"write for example `{name}: {{ when: spo2 < 90, for: 15 s }}`");
            return false;
        }

        var reader = new MappingReader(node, diagnostics, "a level", Keys.Level);
        var own = reader.Text("when");
        if (own is null && shared is null)
        {
            if (node.KeyOf("when") is null)
            {
                diagnostics.Error(key, Codes.MissingKey, $"the level {name} has no `when`", "give each level a `when`, or the rule one for all of them");
            }

            return false;
        }

        var when = own is null ? sharedWhen : Condition(own, texts.Implausible);
        var wait = reader.Duration("for") ?? (node.KeyOf("for") is null ? sharedFor : null) ?? TimeSpan.Zero;
        var messageNode = reader.Text("message");
        var message = messageNode is null ? null : _messages.Read(messageNode);
        if (when is null || (node.KeyOf("message") is not null && message is null))
        {
            return false;
        }

        texts.Definitions.Add(new LevelDefinition(PriorityOf(name), when, (own ?? shared)!.Text.TrimEnd(), wait) { Message = message });
        texts.When.Add((own ?? shared)!);
        texts.Keys.Add(key);
        return true;
    }

    private LevelTexts? ReadOnlyLevel(MappingReader reader, ConfigNode owner)
    {
        var texts = new LevelTexts();
        var whenNode = reader.Required(
            "when", owner, "this rule has no `when`", "say on which condition the alert is raised, for example `when: spo2 < 90`");
        var priorityNode = reader.Required(
            "priority", owner, "this rule has no `priority`", "write `priority: high` (act at once), `medium` (soon) or `low` (be aware)");
        var priority = priorityNode is null ? null : reader.Choice("priority", ["high", "medium", "low"]);
        var when = whenNode is null ? null : Condition(whenNode, texts.Implausible);
        var wait = reader.Duration("for") ?? TimeSpan.Zero;
        if (when is null || priority is null)
        {
            return null;
        }

        texts.Definitions.Add(new LevelDefinition(PriorityOf(priority), when, whenNode!.Text.TrimEnd(), wait));
        texts.When.Add(whenNode);
        texts.Keys.Add(owner);
        return texts;
    }

    private Applicability ReadOnlyIn(MappingReader reader)
    {
        const string Example = "write for example `only in: { ward: [Dialysis] }` or `only in: { population: adults }`";
        if (reader.Mapping("only in", "`only in` wants wards, tags or a population", Example) is not { } node)
        {
            return Applicability.Everybody;
        }

        var whom = new MappingReader(node, diagnostics, "`only in`", Keys.OnlyIn);
        if (node.Entries.Count == 0)
        {
            diagnostics.Error(node, Codes.MissingKey, "`only in` names nobody", Example);
        }

        if (whom.Node("population") is { Kind: ConfigKind.List, Items.Count: 0 } nobody)
        {
            diagnostics.Error(nobody, Codes.Shape, "`population` names nothing", Example);
        }

        var populations = new List<Population>();
        foreach (var text in whom.Texts("population"))
        {
            switch (Array.IndexOf(Keys.Populations, text.Text))
            {
                case >= 0 and var index when !populations.Contains((Population)index):
                    populations.Add((Population)index);
                    break;
                case >= 0:
                    diagnostics.Error(text, Codes.DuplicateName, $"'{text.Text}' stands here twice", "keep it once");
                    break;
                default:
                    diagnostics.Error(
                        text, Codes.Choice, $"`population` is {string.Join(" or ", Keys.Populations)}, not '{text.Text}'",
                        Suggestions.DidYouMean(text.Text, Keys.Populations) ?? "name one of them, or several in a list");
                    break;
            }
        }

        return new Applicability(whom.Names("ward"), whom.Names("tag"), [.. populations.Order()]);
    }

    private ImmutableArray<EscalationStage> ReadEscalation(MappingReader reader)
    {
        const string Example = "write for example `- { not acknowledged in: 2 min, notify: charge nurse }`";
        if (reader.Node("escalate") is not { } list)
        {
            return [];
        }

        if (list.Kind != ConfigKind.List || list.Items.Count is 0 or > MostStages)
        {
            diagnostics.Error(
                list, list.Kind == ConfigKind.List && list.Items.Count > 0 ? Codes.TooLarge : Codes.Shape, $"`escalate` wants a list of 1 to {MostStages} stages", Example);
            return [];
        }

        var stages = ImmutableArray.CreateBuilder<EscalationStage>();
        foreach (var item in list.Items)
        {
            if (item.Kind != ConfigKind.Mapping)
            {
                diagnostics.Error(item, Codes.Shape, "this is no stage", Example);
                continue;
            }

            var stage = new MappingReader(item, diagnostics, "a stage of `escalate`", Keys.Stage);
            var after = stage.Required("not acknowledged in", item, "this stage does not say after which time", Example) is null
                ? null
                : stage.Positive("not acknowledged in", "who is told at once is told by the alert itself");
            var notify = stage.Required("notify", item, "this stage does not say who is told", Example);
            if (notify is not null && (notify.Text.Length > LongestRole || notify.Text.Any(char.IsControl)))
            {
                diagnostics.Error(notify, Codes.Name, $"a role is named on one line, with at most {LongestRole} letters");
            }
            else if (after is { } time && stages.Count > 0 && time <= stages[^1].After)
            {
                diagnostics.Error(
                    stage.Node("not acknowledged in")!, Codes.Contradiction, "this stage does not come after the one before it",
                    "count each time from the raise, and write the earliest stage first");
            }
            else if (after is { } known && notify is not null)
            {
                stages.Add(new EscalationStage(known, notify.Text.Trim()));
                _roles.Add(notify);
            }
        }

        return stages.ToImmutable();
    }

    /// <summary>When it calls again after an acknowledgement; null for never.</summary>
    private TimeSpan? ReadReAlarm(MappingReader reader)
    {
        const string Key = "re-alarm after";
        if (reader.Node(Key) is not { } node)
        {
            return AlertRule.DefaultReAlarm;
        }

        if (node.Kind == ConfigKind.Text && node.Text.Trim() == Never)
        {
            return null;
        }

        if (node.Kind == ConfigKind.Text && Suggestions.DidYouMean(node.Text.Trim(), [Never]) is { } help)
        {
            diagnostics.Error(node, Codes.Duration, $"'{node.Text.Trim()}' is no duration", help);
            return null;
        }

        if (reader.Duration(Key) is not { } after)
        {
            return null;
        }

        if (after < AlertRule.LeastReAlarm || after > AlertRule.MostReAlarm)
        {
            diagnostics.Error(
                node, Codes.Duration, $"`{Key}` is from 1 min to 24 h, not {Durations.Format(after)}",
                "write for example `15 min`, or `never`");
        }

        return after;
    }

    private static AlertPriority PriorityOf(string word) => word switch
    {
        "high" => AlertPriority.High,
        "medium" => AlertPriority.Medium,
        _ => AlertPriority.Low,
    };
}
