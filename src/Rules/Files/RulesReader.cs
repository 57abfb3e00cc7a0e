using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>rules:</c>.</summary>
internal sealed class RulesReader(Scope scope, DiagnosticBag diagnostics)
{
    private const int MostRules = 500;
    private const int LongestName = 80;

    private static readonly string[] Keys = ["alert", "when", "for", "clear when", "clear after", "latch", "priority", "kind", "message"];
    private static readonly string[] Later = ["levels", "suppresses", "suppressed by", "escalate", "only in", "shadow", "was", "levels", "keep for", "id"];

    private readonly Dictionary<string, ConfigNode> _slugs = new(StringComparer.Ordinal);

    /// <summary>The rules read so far.</summary>
    public List<RuleDefinition> Rules { get; } = [];

    /// <summary>Whether any rule, even one with mistakes, watches the patient.</summary>
    public bool WatchesPatient { get; private set; }

    /// <summary>Reads the rules of one file.</summary>
    public void Read(ConfigNode rules)
    {
        if (rules.Kind != ConfigKind.List)
        {
            diagnostics.Error(rules, Codes.Shape, "`rules` wants a list", "begin each rule with `- alert: its name`");
            return;
        }

        foreach (var item in rules.Items)
        {
            if (Rules.Count == MostRules)
            {
                diagnostics.Error(item, Codes.TooLarge, $"there are at most {MostRules} rules");
                return;
            }

            if (item.Kind != ConfigKind.Mapping)
            {
                diagnostics.Error(item, Codes.Shape, "this is no rule", "begin each rule with `- alert: its name`");
            }
            else if (ReadRule(item) is { } rule)
            {
                Rules.Add(rule);
            }
        }
    }

    private RuleDefinition? ReadRule(ConfigNode node)
    {
        var reader = new MappingReader(node, diagnostics, "a rule", Keys, Later);
        var owner = node.KeyOf("alert") ?? node;
        var levels = node.KeyOf("levels") is not null;
        var name = ReadName(reader, node);
        var whenNode = levels ? null : reader.Required(
            "when", owner, "this rule has no `when`", "say on which condition the alert is raised, for example `when: spo2 < 90`");
        var priorityNode = levels ? null : reader.Required(
            "priority", owner, "this rule has no `priority`", "write `priority: high` (act at once), `medium` (soon) or `low` (be aware)");
        var messageNode = reader.Required(
            "message", owner, "this rule has no `message`", "write what people shall read, for example `message: \"SpO2 {spo2} %\"`");
        var kind = reader.Choice("kind", ["physiological", "technical"]) == "technical" ? AlertKind.Technical : AlertKind.Physiological;
        WatchesPatient |= kind == AlertKind.Physiological;
        AlertPriority? priority = priorityNode is null ? null : reader.Choice("priority", ["high", "medium", "low"]) switch
        {
            "high" => AlertPriority.High,
            "medium" => AlertPriority.Medium,
            "low" => AlertPriority.Low,
            _ => null,
        };

        var reads = new SortedSet<int>();
        var when = whenNode is null ? null : Binder.Condition(scope, whenNode, diagnostics, reads, out _);
        var clearNode = reader.Text("clear when");
        var clear = clearNode is null ? null : Binder.Condition(scope, clearNode, diagnostics, reads, out _);
        var wait = reader.Duration("for") ?? TimeSpan.Zero;
        var clearAfter = reader.Duration("clear after") ?? TimeSpan.Zero;
        var message = messageNode is null ? null : MessageParser.Parse(scope, messageNode, diagnostics);
        var latch = reader.Flag("latch");
        if (name is null || when is null || priority is null || message is null || (clearNode is not null && clear is null))
        {
            return null;
        }

        return new RuleDefinition
        {
            Rule = new AlertRule
            {
                Index = Rules.Count,
                Name = name.Text.Trim(),
                Slug = Names.Slug(name.Text),
                Priority = priority.Value,
                Kind = kind,
                Latch = latch,
                Levels = [new AlertLevel(priority.Value, whenNode!.Text.Trim(), wait)],
                When = whenNode.Text.Trim(),
                ClearWhen = clearNode?.Text.Trim(),
                For = wait,
                ClearAfter = clearAfter,
                File = node.Source.Name,
                Line = node.Source.LineOf(node.Start),
            },
            Levels = [new LevelDefinition(priority.Value, ExpressionParser.Parse(whenNode.Text), whenNode.Text, wait)],
            ClearWhen = clearNode is null ? null : ExpressionParser.Parse(clearNode.Text),
            Message = message.Value,
        };
    }

    private ConfigNode? ReadName(MappingReader reader, ConfigNode node)
    {
        if (reader.Required("alert", node, "this rule has no name", "begin it with `- alert: its name`") is not { } name)
        {
            return null;
        }

        var slug = Names.Slug(name.Text);
        if (slug.Length == 0 || name.Text.Trim().Length > LongestName || name.Text.Any(char.IsControl))
        {
            diagnostics.Error(
                name, Codes.Name, "this cannot name an alert",
                $"a name has letters or digits, stands on one line, and is at most {LongestName} long");
            return null;
        }

        if (_slugs.TryAdd(slug, name))
        {
            return name;
        }

        var first = _slugs[slug];
        var where = $"{first.Source.Name}:{first.Source.LineOf(first.Start)}";
        diagnostics.Error(
            name, Codes.DuplicateAlert,
            first.Text.Trim() == name.Text.Trim()
                ? $"there is an alert named '{name.Text.Trim()}' already"
                : $"'{name.Text.Trim()}' and '{first.Text.Trim()}' have the same name in topics: {slug}",
            $"see {where}; give one of them another name");
        return null;
    }
}
