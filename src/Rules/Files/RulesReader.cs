using System.Collections.Immutable;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>rules:</c>. All names are taken in first, so that rules can speak of each other in any order.</summary>
internal sealed partial class RulesReader(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    private const int MostRules = 500;
    private const int LongestName = 80;

    private readonly List<(ConfigNode Node, ConfigNode? Name)> _items = [];
    private readonly Dictionary<string, ConfigNode> _slugs = new(StringComparer.Ordinal);
    private readonly List<ConfigNode> _roles = [];
    private readonly MessageReader _messages = new(vocabulary, diagnostics);

    /// <summary>The rules without mistakes, in the order of the files; after <see cref="Finish"/>.</summary>
    public List<RuleText> Rules { get; } = [];

    /// <summary>Whether any rule, even one with mistakes, watches the patient.</summary>
    public bool WatchesPatient { get; private set; }

    /// <summary>Takes in the rules of one file.</summary>
    public void Read(ConfigNode rules)
    {
        if (rules.Kind != ConfigKind.List)
        {
            diagnostics.Error(rules, Codes.Shape, "`rules` wants a list", "begin each rule with `- alert: its name`");
            return;
        }

        foreach (var item in rules.Items)
        {
            if (_items.Count == MostRules)
            {
                diagnostics.Error(item, Codes.TooLarge, $"there are at most {MostRules} rules");
                return;
            }

            if (item.Kind != ConfigKind.Mapping)
            {
                diagnostics.Error(item, Codes.Shape, "this is no rule", "begin each rule with `- alert: its name`");
            }
            else
            {
                _items.Add((item, ReadName(new MappingReader(item, diagnostics, "a rule", Keys.Rule), item)));
            }
        }
    }

    /// <summary>Reads what the rules say.</summary>
    public void Finish()
    {
        var silent = new DiagnosticBag();
        foreach (var (node, name) in _items.Where(item => item.Name is not null))
        {
            foreach (var was in MappingReader.Checked(node, silent).Texts("was"))
            {
                ReadFormerName(was, name!);
            }
        }

        foreach (var (node, name) in _items)
        {
            if (ReadRule(node, name) is { } rule)
            {
                Rules.Add(rule);
            }
        }

        SimilarRoles.Warn(_roles, diagnostics);
    }

    private RuleText? ReadRule(ConfigNode node, ConfigNode? name)
    {
        // Unknown keys have been told when the name was read.
        var reader = MappingReader.Checked(node, diagnostics);
        var owner = node.KeyOf("alert") ?? node;
        var levels = ReadLevels(reader, node, owner);
        var needsMessage = levels is null ? !EachLevelHasMessage(node) : levels.Definitions.Exists(level => level.Message is null);
        var messageNode = needsMessage
            ? reader.Required("message", owner, "this rule has no `message`", "write what people shall read, for example `message: \"SpO2 {spo2} %\"`")
            : reader.Text("message");
        var kind = reader.Choice("kind", ["physiological", "technical"]) == "technical" ? AlertKind.Technical : AlertKind.Physiological;
        var shadow = reader.Flag("shadow");
        WatchesPatient |= kind == AlertKind.Physiological && !shadow;
        var implausible = levels?.Implausible ?? [];
        var clearNode = reader.Text("clear when");
        var clear = clearNode is null ? null : Condition(clearNode, implausible);
        var clearAfter = reader.Duration("clear after") ?? TimeSpan.Zero;
        var message = messageNode is not null ? _messages.Read(messageNode) : needsMessage || node.KeyOf("message") is not null ? null : [];
        var latch = reader.Flag("latch");
        var onlyIn = ReadOnlyIn(reader);
        var escalation = ReadEscalation(reader);
        var reAlarmAfter = ReadReAlarm(reader);
        var breaksPause = reader.Flag("breaks pause");
        var suppresses = reader.Texts("suppresses");
        var suppressedBy = reader.Texts("suppressed by");
        var was = reader.Texts("was").Select(text => text.Text.Trim()).ToImmutableArray();
        if (name is null || levels is null || message is null || (clearNode is not null && clear is null))
        {
            return null;
        }

        var urgent = levels.Definitions[^1];
        if (breaksPause && urgent.Priority != AlertPriority.High)
        {
            diagnostics.Error(
                node.KeyOf("breaks pause")!, Codes.Contradiction, "only an alert of high priority breaks a care pause, and this rule has no such level",
                "give it the priority `high` or a level `high`, or leave `breaks pause` out");
        }

        return new RuleText
        {
            Definition = new RuleDefinition
            {
                Rule = new AlertRule
                {
                    Index = Rules.Count,
                    Name = name.Text.Trim(),
                    Slug = Names.Slug(name.Text),
                    Priority = urgent.Priority,
                    Kind = kind,
                    Latch = latch,
                    Levels = [.. levels.Definitions.Select(level => new AlertLevel(level.Priority, level.WhenText.Trim(), level.For))],
                    Shadow = shadow,
                    Escalation = escalation,
                    ReAlarmAfter = reAlarmAfter,
                    BreaksPause = breaksPause,
                    Was = was,
                    When = urgent.WhenText.Trim(),
                    ClearWhen = clearNode?.Text.Trim(),
                    For = urgent.For,
                    ClearAfter = clearAfter,
                    File = node.Source.Name,
                    Line = node.Place.Line,
                },
                Levels = [.. levels.Definitions],
                ClearWhen = clear,
                OnlyIn = onlyIn,
                Message = message.Value,
            },
            Name = name,
            When = [.. levels.When],
            Levels = [.. levels.Keys],
            ClearWhen = clearNode,
            Suppresses = suppresses,
            SuppressedBy = suppressedBy,
            Implausible = implausible,
        };
    }

    private Expression? Condition(ConfigNode node, HashSet<ConfigNode> implausible)
    {
        var condition = ExpressionChecker.Condition(vocabulary, node, diagnostics, out var saidImplausible);
        if (saidImplausible)
        {
            implausible.Add(node);
        }

        return condition;
    }

    private ConfigNode? ReadName(MappingReader reader, ConfigNode node)
    {
        if (reader.Required("alert", node, "this rule has no name", "begin it with `- alert: its name`") is not { } name)
        {
            return null;
        }

        if (!IsName(name))
        {
            vocabulary.Broken.Add(name.Text.Trim());
            return null;
        }

        if (_slugs.TryAdd(Names.Slug(name.Text), name))
        {
            vocabulary.Alerts.Add(name.Text.Trim());
            return name;
        }

        var first = _slugs[Names.Slug(name.Text)];
        vocabulary.Broken.Add(name.Text.Trim());
        diagnostics.Error(
            name, Codes.DuplicateAlert,
            first.Text.Trim() == name.Text.Trim()
                ? $"there is an alert named '{name.Text.Trim()}' already"
                : $"'{name.Text.Trim()}' and '{first.Text.Trim()}' have the same name in topics: {Names.Slug(name.Text)}",
            $"see {first.Place}; give one of them another name");
        return null;
    }

    private void ReadFormerName(ConfigNode was, ConfigNode name)
    {
        var former = was.Text.Trim();
        if (!IsName(was))
        {
            return;
        }

        if (_slugs.TryGetValue(Names.Slug(former), out var present))
        {
            diagnostics.Error(
                was, Codes.DuplicateAlert,
                present == name ? "this is the alert's name already" : $"there still is an alert named '{present.Text.Trim()}'",
                present == name ? "name what it was called before, or leave `was` out" : $"see {present.Place}; `was` is for a name that nothing has any more");
        }
        else if (!vocabulary.FormerAlerts.TryAdd(former, name.Text.Trim()))
        {
            diagnostics.Error(
                was, Codes.DuplicateAlert, $"'{vocabulary.FormerAlerts[former]}' says that it was '{former}' too", "what stood under the old name can go on under one name only");
        }
    }

    private bool IsName(ConfigNode name)
    {
        if (Names.Slug(name.Text).Length > 0 && name.Text.Trim().Length <= LongestName && !name.Text.Any(char.IsControl))
        {
            return true;
        }

        diagnostics.Error(
            name, Codes.Name, "this cannot name an alert", $"a name has letters or digits, stands on one line, and is at most {LongestName} long");
        return false;
    }
}
