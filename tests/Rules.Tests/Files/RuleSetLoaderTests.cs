using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

public class RuleSetLoaderTests
{
    private const string GoodRule = "  - { alert: Good, when: a > 150 or a < 50, priority: low, message: x }\n";

    [Fact]
    public void Load_GoodFiles_GivesTheRulesInTheOrderOfTheFiles()
    {
        var result = RuleSetLoader.Load(
        [
            new RuleFile("20.yaml", "version: 1\npopulation: adults\nrules:\n  - { alert: Second one, when: a < 50, priority: high, message: x, kind: technical, latch: true, for: 2 s }\n"),
            new RuleFile("10.yaml", "version: 1\npopulation: adults\nlimits: { low: { value: 50, allowed: 40 to 60 } }\nrules:\n  - { alert: First, when: a < limit low, priority: low, message: x }\n"),
            new RuleFile("00.yaml", TestRules.Signals),
        ]);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["First", "Second one"], result.Rules!.Rules.Select(rule => rule.Name));
        var second = result.Rules.Rules[1];
        Assert.Equal(
            (1, "second-one", AlertPriority.High, AlertKind.Technical, true),
            (second.Index, second.Slug, second.Priority, second.Kind, second.Latch));
        Assert.Equal(("a < 50", null, TimeSpan.FromSeconds(2), "20.yaml", 4), (second.When, second.ClearWhen, second.For, second.File, second.Line));
        Assert.Equal(["00.yaml", "10.yaml", "20.yaml"], result.Rules.Files.Select(file => file.Name));
        Assert.Equal(64, result.Rules.Version.Length);
    }

    [Fact]
    public void Load_OtherText_GivesAnotherVersion()
    {
        var one = TestRules.Rule("when: a > 100");
        Assert.Equal(one.Version, TestRules.Rule("when: a > 100").Version);
        Assert.NotEqual(one.Version, TestRules.Rule("when: a > 101").Version);
    }

    [Fact]
    public void Load_SignalKeys_AreKept()
    {
        var signals = TestRules.Rule("when: a > 100").Catalogue;
        var a = signals.Find("ALPHA")!;
        Assert.Equal(
            ("a", "A", "%", 10, 200, 0, TimeSpan.FromSeconds(60)),
            (a.Id, a.Name, a.Unit, a.PlausibleLow, a.PlausibleHigh, a.NoValueAtOrBelow, a.MissingAfter!.Value));
        Assert.Equal("bpm", signals.Find("b")!.UnitShown);
        Assert.Equal((Readings.SignalForm.Letter, "ACVPU"), (signals.Find("v")!.Form, signals.Find("v")!.Letters));
    }

    [Fact]
    public void Load_NoSignalsDeclared_UsesTheShippedOnes()
    {
        var result = RuleSetLoader.Load([new RuleFile("one.yaml", "version: 1\npopulation: adults\nrules:\n  - { alert: X, when: spo2 < 90, priority: low, message: x }\n")]);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["one.yaml", "00-signals.yaml"], result.Rules!.Files.Select(file => file.Name));
        Assert.Equal(result.Rules.Version, RuleSetLoader.Load(result.Rules.Files).Rules!.Version);
        Assert.Equal(result.Rules.Version, RuleSetLoader.Load([.. result.Rules.Files.Select(file => file with { Name = "/elsewhere/" + file.Name })]).Rules!.Version);
    }

    [Fact]
    public void Load_NoFiles_IsAnError()
    {
        var error = Assert.Single(RuleSetLoader.Load([]).Diagnostics);
        Assert.Equal(("R060", true), (error.Code, error.IsError));
        Assert.StartsWith("rules:0:0: error R060: there is no rule file", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: 1\n")]
    [InlineData("version: 1\npopulation: adults\nrules:\n  - { alert: X, kind: technical, when: a > 1000 or a < 50, priority: low, message: x }\n")]
    public void Load_NothingThatWatchesAPatient_IsAnError(string text) =>
        Assert.Contains(TestRules.TryLoad(text).Diagnostics, diagnostic => diagnostic is { Code: "R060", IsError: true });

    /// <summary>Each mistake stands alone in a rule; the place is where `^` stands in the text, which is taken out.</summary>
    [Theory]
    [InlineData("when: ^spo < 90", "R040", "there is no signal or limit named 'spo'", null)]
    [InlineData("when: ^alpha < 90", "R040", "named 'alpha'", "in rules it is called `a`")]
    [InlineData("when: ^low < 90", "R040", "named 'low'", "write `limit low`")]
    [InlineData("when: a < limit ^lov", "R040", "there is no limit named 'lov'", "did you mean `low`?")]
    [InlineData("when: 85 < a ^< 90", "R012", "comparisons cannot be chained", "write `a > 85 and a < 90`")]
    [InlineData("when: 85 <= a ^<= 90", "R012", "comparisons cannot be chained", "write `a between 85 and 90`")]
    [InlineData("when: 90 > a ^>= 85", "R012", "comparisons cannot be chained", "write `a < 90 and a >= 85`")]
    [InlineData("when: 90 >= a ^>= 85", "R012", "comparisons cannot be chained", "write `a between 85 and 90`")]
    [InlineData("when: 85 < a ^> 90", "R012", "comparisons cannot be chained", "join two comparisons with `and`")]
    [InlineData("when: b > 120 ^bmp", "R010", "`bmp` stands where", "did you mean `bpm`?")]
    [InlineData("when: b > 120 ^beats", "R010", "`beats` stands where", "behind a number only its unit may stand: the signal's own, or none")]
    [InlineData("when: ^no a", "R010", "`no` does not stand before a signal", "write `a is missing`, or `a is no value`")]
    [InlineData("when: ^missing a", "R010", "`missing` does not stand before a signal", "write `a is missing`, or `a is no value`")]
    [InlineData("when: '85 < a ^< 90'", "R012", "comparisons cannot be chained", null)]
    [InlineData("when: \"85 < a ^< 90\"", "R012", "comparisons cannot be chained", null)]
    [InlineData("when: \"a\\t\\x3C 90 and ^q > 1\"", "R040", "named 'q'", null)]
    [InlineData("when: |\n      a < 90\n      and ^q > 1", "R040", "named 'q'", null)]
    [InlineData("when: >\n      a < 90\n\n      and ^q > 1", "R040", "named 'q'", null)]
    [InlineData("when: a < 90\n      and ^q > 1", "R040", "named 'q'", null)]
    [InlineData("when: ^a", "R013", "this is a number, where a condition is wanted", "compare it, for example `a < 90`")]
    [InlineData("when: a > (^b > 5)", "R013", "this is a condition, where a number is wanted", null)]
    [InlineData("when: ^1 < 2", "R043", "looks at no signal", null)]
    [InlineData("when: ^v = A", "R014", "v is not a number", "write `v is A`")]
    [InlineData("when: v is ^X", "R014", "v is never 'X'", "it is one of A, C, V, P, U")]
    [InlineData("when: a is ^mising", "R014", "a cannot be 'mising'", "did you mean `missing`?")]
    [InlineData("when: a is ^on", "R014", "a is not on or off", null)]
    [InlineData("when: ^o + 1 > 2", "R014", "o is not a number", "write `o is on` or `o is off`")]
    [InlineData("when: c is ^missing", "R041", "c is never missing", "give the signal c a `missing after`")]
    [InlineData("when: twice is ^missing", "R041", "twice is never missing", null)]
    [InlineData("when: b is ^no value", "R041", "no number of b is declared", null)]
    [InlineData("when: a > ^90 bpm", "R022", "A is measured in %, not in bpm", null)]
    [InlineData("when: a > ^90 s", "R022", "a duration has no meaning here", null)]
    [InlineData("when: a between ^90 and 80", "R023", "the range is empty", null)]
    [InlineData("when: a / ^0 > 1", "R020", "a division by 0", null)]
    [InlineData("when: ^age a > 5", "R013", "`age` can only be used in messages", null)]
    [InlineData("when: a > 90\n    for: ^15", "R021", "a duration needs a unit", "write for example `15 s` or `15 min`")]
    [InlineData("when: a > 90\n    for: 15 ^seconds", "R021", "`seconds` is no unit of time", "write `s`")]
    [InlineData("when: a > 90\n    ^prioritty: high", "R050", "'prioritty' is not something a rule can have", "did you mean `priority`?")]
    [InlineData("when: a > 90\n    kind: ^tecnical", "R025", "`kind` is physiological or technical, not 'tecnical'", "did you mean `technical`?")]
    [InlineData("when: a > 90\n    latch: ^yes", "R025", "`latch` is true or false, not 'yes'", "write `true`")]
    [InlineData("when: a > 90\n    ^when: a > 91", "R005", "`when` stands here twice", null)]
    [InlineData("^when:", "R006", "`when` has no value", null)]
    [InlineData("when: ^[a, b]", "R006", "`when` wants a text", null)]
    [InlineData("when: ^&x a > 90", "R004", "a rule file has no anchors", null)]
    [InlineData("when: ^!!str a > 90", "R004", "a rule file has no tags", null)]
    [InlineData("when: ^*x", "R004", "a rule file has no aliases", null)]
    [InlineData("when: ^> 25", "R001", "means a block of text", "put the value or key in quotes, for example `\">= 25\"`")]
    [InlineData("when: ^%", "R001", "cannot begin with `%`", "put the text in quotes")]
    public void Load_Mistake_IsToldAtItsPlaceWithHelp(string lines, string code, string message, string? help)
    {
        var text = $"version: 1\npopulation: adults\nlimits: {{ low: 50 }}\nderive: {{ twice: 2 * a }}\nrules:\n{GoodRule}  - alert: X\n    {lines}\n    priority: low\n    message: x\n";
        var mark = text.IndexOf('^', StringComparison.Ordinal);
        var before = text[..mark];
        var result = TestRules.TryLoad(text.Remove(mark, 1));
        Assert.Null(result.Rules);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((code, true), (diagnostic.Code, diagnostic.IsError));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal((before.Count(character => character == '\n') + 1, mark - before.LastIndexOf('\n')), (diagnostic.Line, diagnostic.Column));
        Assert.True(help is null || diagnostic.Help == help, diagnostic.Help);
    }

    /// <summary>Mistakes outside a rule's condition: the whole file behind the version is given.</summary>
    [Theory]
    [InlineData("limits: { low: ^95, high: { value: ^5, allowed: 1 to 4 } }", "R024", "5 is outside what is allowed here, 1 to 4")]
    [InlineData("limits: { low: { ^valu: 95, value: 3 } }", "R050", "'valu' is not something a limit can have")]
    [InlineData("limits: { low: ^{ allowed: 1 to 4 } }", "R051", "this limit has no `value`")]
    [InlineData("limits: { low: { value: 3, allowed: ^4 to 1 } }", "R023", "the range is empty")]
    [InlineData("limits: { low: { value: 3, allowed: ^4-9 } }", "R023", "'4-9' is no range")]
    [InlineData("limits: { low: ^90 % }", "R020", "'90 %' is not a number")]
    [InlineData("limits: { ^Low: 90 }", "R030", "'Low' cannot name a limit")]
    [InlineData("limits: { ^a: 90 }", "R031", "'a' is a signal already")]
    [InlineData("derive: { x: ^y + 1 }", "R040", "named 'y'")]
    [InlineData("derive: { ^x: y + 1, y: x - 1 }", "R042", "'x' needs itself: x -> y -> x")]
    [InlineData("derive: { ^a: b + 1 }", "R031", "'a' is the signal a already")]
    [InlineData("derive: { x: ^1 + 2 }", "R043", "looks at no signal")]
    [InlineData("derive: { x: a ^> 2 }", "R013", "this is a condition")]
    [InlineData("^rule: []", "R050", "'rule' is not something a rule file can have")]
    [InlineData("signals: { e: { name: E, aliases: [^Alpha] } }", "R031", "the name 'Alpha' belongs to a signal already")]
    [InlineData("signals: { e: { name: E, form: letter, letters: ^acvpu } }", "R014", "names its letters")]
    [InlineData("signals: { e: { name: E, no value: ^0 } }", "R020", "`no value` cannot be '0'")]
    [InlineData("signals: { e: { name: E, missing after: ^0 s } }", "R021", "longer than 0")]
    [InlineData("signals: { e: { name: E, plausible: ^high } }", "R023", "'high' is no range")]
    [InlineData("signals: { ^e-1: { name: E } }", "R030", "'e-1' cannot name a signal")]
    public void Load_MistakeElsewhere_IsToldAtItsPlace(string line, string code, string message)
    {
        var marked = $"version: 1\npopulation: adults\n{line}\nrules:\n{GoodRule}";
        var text = marked.Replace("low: ^95", "low: 95", StringComparison.Ordinal);
        var mark = text.IndexOf('^', StringComparison.Ordinal);
        if (code == "R013")
        {
            // The whole condition is meant.
            mark = text.IndexOf("a ^", StringComparison.Ordinal);
        }

        var result = TestRules.TryLoad(text.Replace("^", "", StringComparison.Ordinal));
        Assert.Null(result.Rules);
        var diagnostic = result.Diagnostics[0];
        Assert.Equal((code, "test.yaml", 3), (diagnostic.Code, diagnostic.File, diagnostic.Line));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(mark - text.LastIndexOf('\n', mark), diagnostic.Column);
    }

    [Theory]
    [InlineData("alert: X\n    priority: low\n    message: x", "this rule has no `when`")]
    [InlineData("alert: X\n    when: a > 90\n    message: x", "this rule has no `priority`")]
    [InlineData("alert: X\n    when: a > 90\n    priority: low", "this rule has no `message`")]
    [InlineData("when: a > 90\n    priority: low\n    message: x", "this rule has no name")]
    public void Load_SomethingMissing_IsTold(string rule, string message)
    {
        var diagnostic = Assert.Single(TestRules.TryLoad($"version: 1\npopulation: adults\nrules:\n  - {rule}\n").Diagnostics);
        Assert.Equal(("R051", 4), (diagnostic.Code, diagnostic.Line));
        Assert.Equal(message, diagnostic.Message);
    }

    [Theory]
    [InlineData("X", "there is an alert named 'X' already")]
    [InlineData("x!", "'x!' and 'X' have the same name in topics: x")]
    public void Load_TwoAlertsOfOneName_AreAnError(string second, string message)
    {
        var diagnostic = Assert.Single(TestRules.TryLoad(
            $"version: 1\npopulation: adults\nrules:\n  - {{ alert: X, when: a > 90, priority: low, message: x }}\n  - {{ alert: {second}, when: a > 90, priority: low, message: x }}\n").Diagnostics);
        Assert.Equal(
            ("R052", 5, 14, message, "see test.yaml:4; give one of them another name"),
            (diagnostic.Code, diagnostic.Line, diagnostic.Column, diagnostic.Message, diagnostic.Help));
    }

    [Theory]
    [InlineData("{q} is low", "R040", 20)]
    [InlineData("low {a", "R010", 23)]
    [InlineData("low a}", "R010", 24)]
    [InlineData("{a <}", "R010", 23)]
    [InlineData("{}", "R010", 20)]
    public void Load_MistakeInAMessage_IsToldAtItsPlace(string message, string code, int column)
    {
        var diagnostic = Assert.Single(
            TestRules.TryLoad($"version: 1\npopulation: adults\nrules:\n  - alert: X\n    when: a > 90\n    priority: low\n    message:     \"{message}\"\n").Diagnostics);
        Assert.Equal((code, 7, column), (diagnostic.Code, diagnostic.Line, diagnostic.Column));
    }

    [Theory]
    [InlineData("\tlimits: { x: 1 }", "R002", "indented with a tab")]
    [InlineData("limits:\n  \tx: 1", "R002", "indented with a tab")]
    [InlineData("limits: { x: 1", "R001", "is not closed")]
    [InlineData("limits: 'x", "R001", "never closed")]
    [InlineData("limits:\n  x: 1\n y: 2", "R001", "")]
    [InlineData("rules:\n  - alert: X\n    message: {spo2} is low\n", "R001", "this text holds signs that mean something in YAML")]
    [InlineData("rules:\n  - alert: X\n    message: HR: {hr}\n", "R001", "this text holds signs that mean something in YAML")]
    [InlineData("derive:\n  x:\n    score:\n      a:\n        >= 25: 3", "R001", "means a block of text")]
    public void Load_YamlTrap_IsToldInPlainWords(string text, string code, string message)
    {
        var result = TestRules.TryLoad("version: 1\n" + text);
        Assert.Null(result.Rules);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.NotNull(diagnostic.Help);
    }

    [Theory]
    [InlineData("rules: []", "R007", "does not say in which version")]
    [InlineData("version: 2", "R007", "knows version 1")]
    [InlineData("- a", "R006", "this is no rule file")]
    [InlineData("just text", "R006", "this is no rule file")]
    public void Load_WrongFile_IsTold(string text, string code, string message)
    {
        var diagnostics = TestRules.TryLoad(text).Diagnostics;
        Assert.Contains(diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_SeveralFilesWithMistakes_AreAllToldAtOnce()
    {
        var result = RuleSetLoader.Load(
        [
            new RuleFile("00.yaml", TestRules.Signals),
            new RuleFile("10.yaml", "version: 1\npopulation: adults\nrules:\n  - { alert: X, when: q < 1 and r > 2, for: 3, priority: urgent, message: \"{s}\" }\n"),
            new RuleFile("20.yaml", "version: 3\npopulation: adults\nlimits: { low: x }\nrules:\n  - { alert: Y, when: a < limit low, priority: low }\n"),
        ]);
        Assert.Equal(["R040", "R040", "R021", "R025", "R040", "R007", "R020", "R051"], result.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Equal(
            result.Diagnostics.OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column),
            result.Diagnostics);
    }

    [Fact]
    public void Load_OneFileUnreadable_NamesOfItAreNotCalledUnknown()
    {
        var result = RuleSetLoader.Load(
        [
            new RuleFile("00.yaml", "version: 1\nsignals: {"),
            new RuleFile("10.yaml", "version: 1\npopulation: adults\nrules:\n  - { alert: X, when: q < limit r, for: 3, priority: low, message: x }\n"),
        ]);
        Assert.Equal(["R001", "R021"], result.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Load_NumberThatCannotBe_IsAWarning()
    {
        var result = TestRules.TryLoad(TestRules.File("when: a > 250"));
        var warning = Assert.Single(result.Diagnostics);
        Assert.NotNull(result.Rules);
        Assert.Equal((false, "R070", "250 is outside what a can plausibly be (10 to 200 %)"), (warning.IsError, warning.Code, warning.Message));
    }

    [Fact]
    public void Load_NoPopulation_IsAWarning()
    {
        var result = TestRules.TryLoad(TestRules.File("when: a > 100").Replace("population: adults\n", "", StringComparison.Ordinal));
        Assert.NotNull(result.Rules);
        Assert.Equal("R071", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Load_TooLargeTooDeepTooMany_IsRefused()
    {
        Assert.Equal("R003", Code("version: 1\n#" + new string('x', 513 * 1024)));
        Assert.Equal("R003", Code("version: 1\nlimits: " + new string('[', 17) + new string(']', 17)));
        Assert.Equal("R003", Code("version: 1\nlimits: [" + string.Concat(Enumerable.Repeat("1,", 60_000)) + "]"));
        Assert.Equal(
            "R003",
            Code("version: 1\npopulation: adults\nrules:\n" + string.Concat(Enumerable.Range(0, 501).Select(index => $"  - {{ alert: X{index}, when: a > 90, priority: low, message: x }}\n"))));
        static string Code(string text) => TestRules.TryLoad(text).Diagnostics.First(diagnostic => diagnostic.IsError).Code;
    }

    [Fact]
    public void Diagnostic_ToString_ShowsTheLineACaretAndTheHelp()
    {
        var text = TestRules.File("when: a > 100").Replace("a > 100", "spo < limit spo2_low", StringComparison.Ordinal);
        var diagnostic = RuleSetLoader.Load([new RuleFile("rules/bad.yaml", text)]).Diagnostics[0];
        Assert.Equal(
            """
            rules/bad.yaml:5:11: error R040: there is no signal or limit named 'spo'
                  5 |     when: spo < limit spo2_low
                    |           ^^^
                    = help: did you mean `spo2`?
            """.ReplaceLineEndings("\n"),
            diagnostic.ToString());
    }

    [Fact]
    public void Diagnostic_ToString_AstralCharactersAndLongLines_KeepTheCaretInPlace()
    {
        var text = "version: 1\npopulation: adults\nrules:\n  - { alert: \"😀😀\", when: q > 1, priority: low, message: x }\n";
        var diagnostic = TestRules.TryLoad(text).Diagnostics.Single(one => one.Code == "R040");
        Assert.Equal(26, diagnostic.Column);
        var lines = diagnostic.ToString().Split('\n');
        Assert.Equal(lines[1].EnumerateRunes().ToList().IndexOf(new System.Text.Rune('q')), lines[2].IndexOf('^', StringComparison.Ordinal));
        var longLine = new Diagnostic(
            "f", 1, 301, true, "R000", "m", new string('x', 300) + "^" + new string('x', 300), 1, null).ToString().Split('\n');
        Assert.Equal(longLine[1].IndexOf('^', StringComparison.Ordinal), longLine[2].IndexOf('^', StringComparison.Ordinal));
    }
}
