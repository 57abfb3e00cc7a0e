using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Warns of alerts of high priority that no scenario expects. Reading and playing the scenarios is another's.</summary>
internal static class ScenarioCoverage
{
    /// <summary>How the name of a file of scenarios ends.</summary>
    public const string FileSuffix = ".test.yaml";

    /// <summary>Whether a file holds scenarios, not rules.</summary>
    public static bool IsScenarioFile(RuleFile file) => ScenarioTests.IsScenarioFile(file.Name);

    /// <summary>Warns, if there are scenario files at all.</summary>
    public static void Warn(IReadOnlyList<RuleText> rules, IReadOnlyList<RuleFile> scenarios, DiagnosticBag diagnostics)
    {
        if (scenarios.Count == 0)
        {
            return;
        }

        var expected = scenarios.SelectMany(file => ExpectationsOf(file.Text)).ToList();
        foreach (var rule in rules.Where(rule => rule.Definition.Rule is { Priority: AlertPriority.High, Shadow: false }))
        {
            var name = rule.Definition.Rule.Name;
            if (!expected.Any(line => Mentions(line, name) || Mentions(line, rule.Definition.Rule.Slug)))
            {
                diagnostics.Warn(
                    rule.Name, new TextSpan(0, rule.Name.Text.Length), Codes.NotTested, $"no scenario expects '{name}', which has high priority",
                    $"write one in a file that ends in {FileSuffix}, for example `- {{ raised: {name}, within: 1 min }}` under `expect:`");
            }
        }
    }

    /// <summary>The lines under each <c>expect:</c>, as far as they are indented at least as far.</summary>
    private static IEnumerable<string> ExpectationsOf(string text)
    {
        var indent = -1;
        foreach (var line in text.Split('\n'))
        {
            var content = line.AsSpan().Trim();
            if (content.IsEmpty || content[0] == '#')
            {
                continue;
            }

            var own = line.Length - line.AsSpan().TrimStart().Length;
            if (content.StartsWith("- ") && content[2..].TrimStart().StartsWith("expect:"))
            {
                own += 2;
                content = content[2..].TrimStart();
            }

            if (content.StartsWith("expect:"))
            {
                indent = own;
                yield return content["expect:".Length..].ToString();
            }
            else if (indent >= 0 && (own > indent || (own == indent && content[0] == '-')))
            {
                yield return line;
            }
            else
            {
                indent = -1;
            }
        }
    }

    /// <summary>Whether a line names an alert, and not one whose name is longer.</summary>
    private static bool Mentions(string line, string name)
    {
        for (var at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var before = line.AsSpan(0, at).TrimEnd();
            var behind = line.AsSpan(at + name.Length).Trim();
            if ((before.IsEmpty || before[^1] is ':' or '"' or '\'' or '[' or ',' or '-') && (behind.IsEmpty || behind[0] is ',' or '}' or ']' or '"' or '\'' or '#'))
            {
                return true;
            }
        }

        return false;
    }
}
