using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads <c>expect</c>: a list of what becomes of alerts, and when.</summary>
internal sealed class ExpectationReader(RuleSet rules, DiagnosticBag diagnostics)
{
    private const string Example = "write for example `{ raised: SpO2 low, at: 15 s }` or `{ never: SpO2 low }`";

    private static readonly (string Key, ExpectationKind Kind, string[] Others)[] Forms =
    [
        ("raised", ExpectationKind.Raised, ["at", "within", "priority", "unverified", "suppressed"]),
        ("never", ExpectationKind.Never, ["before", "after", "priority"]),
        ("cleared", ExpectationKind.Cleared, ["at", "within"]),
        ("active", ExpectationKind.Active, ["at", "priority", "unverified", "suppressed"]),
        ("not active", ExpectationKind.NotActive, ["at"]),
        ("pending", ExpectationKind.Pending, ["at", "priority"]),
    ];

    private static readonly string[] Priorities = ["low", "medium", "high"];

    /// <summary>The expectations; those with mistakes are left out, and the mistakes reported.</summary>
    public List<Expectation> Read(ConfigNode? expect, ConfigNode scenario)
    {
        if (expect is null || expect.Kind != ConfigKind.List || expect.Items.Count == 0)
        {
            diagnostics.Error(
                expect ?? scenario, expect is null ? Codes.MissingKey : Codes.Shape, "`expect` wants a list of what has to happen: a scenario that expects nothing cannot fail", Example);
            return [];
        }

        return [.. expect.Items.Select(Read).OfType<Expectation>()];
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
            var keys = string.Join(", ", Forms.Select(form => form.Key));
            diagnostics.Error(
                forms.Count == 0 ? node : node.KeyOf(forms[1].Key)!, ScenarioCodes.Expectation, $"an expectation has one of: {keys}",
                forms.Count == 0 ? HelpFor(node) : "write one expectation for each");
            return null;
        }

        var (key, kind, others) = forms[0];
        var reader = new MappingReader(node, diagnostics, $"`{key}`", [key, .. others]);
        var rule = RuleOf(reader.Text(key));
        var priority = others.Contains("priority") ? reader.Choice("priority", Priorities) : null;
        var expectation = new Expectation
        {
            Kind = kind,
            Rule = rule!,
            Priority = priority is null ? null : Enum.Parse<AlertPriority>(priority, ignoreCase: true),
            Unverified = FlagOf(reader, others, "unverified"),
            Suppressed = FlagOf(reader, others, "suppressed"),
            Line = node.Source.LineOf(node.Start),
        };
        return ReadTime(reader, node, key, expectation) is { } timed && rule is not null ? timed : null;
    }

    private static string HelpFor(ConfigNode node)
    {
        var keys = Forms.Select(form => form.Key).ToArray();
        return node.Entries.Select(entry => Suggestions.DidYouMean(entry.Key.Text, keys)).FirstOrDefault(help => help is not null) ?? Example;
    }

    private static bool? FlagOf(MappingReader reader, string[] others, string key) =>
        others.Contains(key) && reader.Node(key) is not null ? reader.Flag(key) : null;

    private Expectation? ReadTime(MappingReader reader, ConfigNode node, string key, Expectation expectation)
    {
        if (expectation.Kind == ExpectationKind.Never)
        {
            var before = DurationOf(reader, "before");
            return expectation with { From = DurationOf(reader, "after") ?? TimeSpan.Zero, To = before, IsToExcluded = before is not null };
        }

        if (reader.Node("at") is { } at)
        {
            if (expectation.Kind is ExpectationKind.Raised or ExpectationKind.Cleared && reader.Node("within") is { } both)
            {
                diagnostics.Error(both, ScenarioCodes.Expectation, "`at` and `within` both say when", "keep one of them");
                return null;
            }

            return RangeOf(at) is { } range ? expectation with { From = range.From, To = range.To } : null;
        }

        if (expectation.Kind is ExpectationKind.Raised or ExpectationKind.Cleared)
        {
            return reader.Node("within") is null ? expectation : DurationOf(reader, "within") is { } within ? expectation with { To = within } : null;
        }

        diagnostics.Error(node, Codes.MissingKey, $"`{key}` needs a time", $"write for example `{{ {key}: {expectation.Rule?.Name ?? "SpO2 low"}, at: 3 min }}`");
        return null;
    }

    private TimeSpan? DurationOf(MappingReader reader, string key) => reader.Text(key) is { } node ? Parse(node, 0, node.Text) : null;

    /// <summary>One time, or two with <c>..</c> between them.</summary>
    private (TimeSpan From, TimeSpan To)? RangeOf(ConfigNode node)
    {
        if (node.Kind != ConfigKind.Text)
        {
            diagnostics.Error(node, Codes.Shape, "a time is wanted here", "write for example `at: 97 s` or `at: 97 s .. 99 s`");
            return null;
        }

        var dots = node.Text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return Parse(node, 0, node.Text) is { } at ? (at, at) : null;
        }

        var (from, to) = (Parse(node, 0, node.Text[..dots]), Parse(node, dots + 2, node.Text[(dots + 2)..]));
        if (from > to)
        {
            diagnostics.Error(node, Codes.Range, "the range is empty: it ends before it begins", "write the earlier time first");
            return null;
        }

        return from is null || to is null ? null : (from.Value, to.Value);
    }

    private TimeSpan? Parse(ConfigNode node, int start, string text)
    {
        try
        {
            return Durations.Parse(text);
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, new TextSpan(start + mistake.Span.Start, mistake.Span.Length), mistake.Code, mistake.Message, mistake.Help);
            return null;
        }
    }

    private AlertRule? RuleOf(ConfigNode? name)
    {
        if (name is null)
        {
            return null;
        }

        var rule = rules.Rules.FirstOrDefault(rule => rule.Name == name.Text) ?? rules.Rules.FirstOrDefault(rule => rule.Slug == name.Text);
        if (rule is null)
        {
            diagnostics.Error(
                name, Codes.UnknownName, $"there is no alert named '{name.Text}'",
                Suggestions.DidYouMean(name.Text, rules.Rules.Select(known => known.Name)) ?? "the names of alerts stand in the rule files, behind `alert:`");
        }

        return rule;
    }
}
