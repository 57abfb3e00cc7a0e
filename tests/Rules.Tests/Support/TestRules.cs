namespace IoTGateway.Rules.Tests.Support;

/// <summary>Small rule sets for tests: four signals that behave alike, but for one thing each.</summary>
internal static class TestRules
{
    /// <summary>a and b go missing after 60 s, a reads nothing at 0; c is valid for 100 s and never missing; v is a letter, o a switch.</summary>
    public const string Signals = """
        version: 1
        signals:
          a: { name: A, unit: "%", plausible: 10 to 200, no value: "<= 0", missing after: 60 s, aliases: [alpha], sensor off: [leads off] }
          b: { name: B, unit: /min, shown as: bpm, plausible: 10 to 200, missing after: 60 s }
          c: { name: C, valid for: 100 s, decimals: 1 }
          d: { name: D }
          v: { name: V, form: letter, letters: ACVPU, valid for: 4 h }
          o: { name: O, form: switch, valid for: 4 h }
        """;

    /// <summary>Loads the test signals with one more file; fails the test if anything is wrong with it.</summary>
    public static RuleSet Load(string rules, string signals = Signals)
    {
        var result = TryLoad(rules, signals);
        Assert.True(result.Rules is not null, string.Join('\n', result.Diagnostics));
        return result.Rules;
    }

    /// <summary>Loads the test signals with one more file.</summary>
    public static RuleSetResult TryLoad(string rules, string signals = Signals) =>
        RuleSetLoader.Load([new RuleFile("00-signals.yaml", signals), new RuleFile("test.yaml", rules)]);

    /// <summary>One rule named X, of which only what matters is given: <c>"when: a &lt; 50\n    for: 15 s"</c>.</summary>
    public static RuleSet Rule(params string[] lines) => Load(File(lines));

    /// <summary>The text of a file with one rule named X.</summary>
    public static string File(params string[] lines)
    {
        var priority = lines.Any(line => line.StartsWith("priority:", StringComparison.Ordinal) || line.StartsWith("levels:", StringComparison.Ordinal)) ? "" : "    priority: medium\n";
        return "version: 1\npopulation: adults\nrules:\n  - alert: X\n" + string.Concat(lines.Select(line => $"    {line}\n")) + priority + "    message: \"x\"\n";
    }
}
