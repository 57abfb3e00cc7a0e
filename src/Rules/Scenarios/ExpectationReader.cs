using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads <c>expect</c>: a list of what becomes of alerts and values, and when.</summary>
internal sealed class ExpectationReader(RuleSet rules, DiagnosticBag diagnostics)
{
    private const string Example = "write for example `{ raised: SpO2 low, at: 15 s }` or `{ never: SpO2 low }`";

    private static readonly (string Key, ExpectationKind Kind, string[] Others)[] Forms =
    [
        ("raised", ExpectationKind.Raised, ["at", "within", "priority", "unverified", "suppressed", "told", "kind", "message"]),
        ("never", ExpectationKind.Never, ["before", "after", "priority"]),
        ("cleared", ExpectationKind.Cleared, ["at", "within"]),
        ("active", ExpectationKind.Active, ["at", "priority", "unverified", "suppressed", "told", "kind", "message"]),
        ("not active", ExpectationKind.NotActive, ["at"]),
        ("latched", ExpectationKind.Latched, ["at", "priority"]),
        ("escalated", ExpectationKind.Escalated, ["to", "at", "within"]),
        ("re-alarmed", ExpectationKind.Rearmed, ["at", "within"]),
        ("pending", ExpectationKind.Pending, ["at", "priority"]),
    ];

    private static readonly string[] AllKeys = [.. Forms.Select(form => form.Key), ValueExpectationReader.Key];
    private static readonly string[] Kinds = ["physiological", "technical"];

    // What people write who mean one of the keys.
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ended"] = "cleared",
        ["ends"] = "cleared",
        ["over"] = "cleared",
        ["resolved"] = "cleared",
        ["fired"] = "raised",
        ["fires"] = "raised",
        ["alarm"] = "raised",
        ["alert"] = "raised",
        ["starts"] = "raised",
        ["inactive"] = "not active",
        ["not raised"] = "never",
        ["not_active"] = "not active",
        ["not pending"] = "not active",
        ["waiting"] = "pending",
        ["stays"] = "active",
        ["notified"] = "escalated",
        ["rearmed"] = "re-alarmed",
        ["realarmed"] = "re-alarmed",
        ["re-alarm"] = "re-alarmed",
        ["score"] = "value",
    };

    private readonly AlertNames _names = new(rules, diagnostics);
    private readonly TimeReader _times = new(diagnostics);
    private readonly ValueExpectationReader _values = new(rules, diagnostics);

    /// <summary>The expectations of alerts and those of values; those with mistakes are left out, and the mistakes reported.</summary>
    public (List<Expectation> Alerts, List<ValueExpectation> Values) Read(ConfigNode? expect, ConfigNode scenario)
    {
        if (expect is null || expect.Kind != ConfigKind.List || expect.Items.Count == 0)
        {
            diagnostics.Error(
                expect ?? scenario, expect is null ? Codes.MissingKey : Codes.Shape, "`expect` wants a list of what has to happen: a scenario that expects nothing cannot fail", Example);
            return ([], []);
        }

        var isValue = expect.Items.ToLookup(node => node.Kind == ConfigKind.Mapping && node.KeyOf(ValueExpectationReader.Key) is not null && !Forms.Any(form => node.KeyOf(form.Key) is not null));
        return ([.. isValue[false].Select(Read).OfType<Expectation>()], [.. isValue[true].Select(_values.Read).OfType<ValueExpectation>()]);
    }

    private Expectation? Read(ConfigNode node)
    {
        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "this expects nothing", Example);
            return null;
        }

        var forms = Forms.Where(form => node.KeyOf(form.Key) is not null).ToList();
        if (forms.Count != 1)
        {
            diagnostics.Error(
                forms.Count == 0 ? node : node.KeyOf(forms[1].Key)!, ScenarioCodes.Expectation, $"an expectation has one of: {string.Join(", ", AllKeys)}",
                forms.Count == 0 ? HelpFor(node) : "write one expectation for each");
            return null;
        }

        var (key, kind, others) = forms[0];
        var reader = new MappingReader(node, diagnostics, $"`{key}`", [key, .. others]);
        var rule = _names.RuleOf(reader.Text(key));
        var priority = others.Contains("priority") ? reader.Choice("priority", Keys.Levels) : null;
        var ofKind = others.Contains("kind") ? reader.Choice("kind", Kinds) : null;
        var expectation = new Expectation
        {
            Kind = kind,
            Rule = rule!,
            Priority = priority is null ? null : Enum.Parse<AlertPriority>(priority, ignoreCase: true),
            Unverified = FlagOf(reader, others, "unverified"),
            Suppressed = FlagOf(reader, others, "suppressed"),
            Told = FlagOf(reader, others, "told"),
            OfKind = ofKind is null ? null : Enum.Parse<AlertKind>(ofKind, ignoreCase: true),
            Message = others.Contains("message") ? reader.Text("message")?.Text : null,
            Notify = kind == ExpectationKind.Escalated ? NotifyOf(reader, node, rule) : "",
            Line = node.Source.LineOf(node.Start),
        };
        return ReadTime(reader, node, key, expectation) is { } timed && rule is not null ? timed : null;
    }

    private static string HelpFor(ConfigNode node)
    {
        var meant = node.Entries.Select(entry => Meant.GetValueOrDefault(entry.Key.Text) ?? Suggestions.Nearest(entry.Key.Text, AllKeys)).FirstOrDefault(key => key is not null);
        return meant is not null ? $"did you mean `{meant}`?"
            : node.Entries.Any(entry => entry.Key.Text.StartsWith("acknowledge", StringComparison.Ordinal))
                ? "`acknowledge` stands beside `given`: `acknowledge: [{ alert: SpO2 low, at: 70 s }]`"
            : Example;
    }

    /// <summary>Who has to be told; the rule has to have such a stage.</summary>
    private string NotifyOf(MappingReader reader, ConfigNode node, AlertRule? rule)
    {
        var to = reader.Required("to", node, "`escalated` needs to say who is told", "write for example `{ escalated: Heart rate high, to: charge nurse, at: 165 s }`");
        if (to is not null && rule is not null && !rule.Escalation.Any(stage => stage.Notify == to.Text))
        {
            var known = rule.Escalation.Select(stage => stage.Notify).Distinct().ToList();
            diagnostics.Error(
                to, Codes.UnknownName, $"'{rule.Name}' is not escalated to '{to.Text}'",
                known.Count == 0 ? "the rule has no `escalate`" : Suggestions.DidYouMean(to.Text, known) ?? $"it is escalated to {string.Join(", ", known)}");
        }

        return to?.Text ?? "";
    }

    private static bool? FlagOf(MappingReader reader, string[] others, string key) =>
        others.Contains(key) && reader.Node(key) is not null ? reader.Flag(key) : null;

    private static bool IsEvent(ExpectationKind kind) => kind is ExpectationKind.Raised or ExpectationKind.Cleared or ExpectationKind.Escalated or ExpectationKind.Rearmed;

    private Expectation? ReadTime(MappingReader reader, ConfigNode node, string key, Expectation expectation)
    {
        if (expectation.Kind == ExpectationKind.Never)
        {
            var before = _times.Time(reader, "before");
            return expectation with { From = _times.Time(reader, "after") ?? TimeSpan.Zero, To = before, IsToExcluded = before is not null };
        }

        if (reader.Node("at") is { } at)
        {
            if (IsEvent(expectation.Kind) && reader.Node("within") is { } both)
            {
                diagnostics.Error(both, ScenarioCodes.Expectation, "`at` and `within` both say when", "keep one of them");
                return null;
            }

            return _times.Range(at) is { } range ? expectation with { From = range.From, To = range.To } : null;
        }

        if (IsEvent(expectation.Kind))
        {
            return reader.Node("within") is null ? expectation : _times.Time(reader, "within") is { } within ? expectation with { To = within } : null;
        }

        diagnostics.Error(node, Codes.MissingKey, $"`{key}` needs a time", $"write for example `{{ {key}: {expectation.Rule?.Name ?? "SpO2 low"}, at: 3 min }}`");
        return null;
    }
}
