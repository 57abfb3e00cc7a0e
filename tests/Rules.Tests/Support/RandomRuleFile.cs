using System.Globalization;
using System.Text;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>Random rule files over the test signals: mostly as the language wants them, now and then with something in the wrong place.</summary>
internal sealed class RandomRuleFile(Random random)
{
    private static readonly string[] Wrong =
    [
        "[]", "{}", "\"\"", "-1", "yes", "15", "[a, {b: c}]", "{ a: { b: { c: d } } }", "a <", "limit", "{x", "8 d", "1e400", "alert", "is", "\"> 3\"", "points", "null",
    ];

    private readonly StringBuilder _text = new();

    /// <summary>Makes one.</summary>
    public string Text()
    {
        _text.Append("version: 1\npopulation: adults\nlimits: { low: { value: 50, allowed: 20 to 90 }, high: 100 }\n");
        var scores = random.Next(4);
        _text.Append("derive:\n  d1: { value: ").Append(Odd(Quoted(Number(1)))).Append(", valid for: 5 min }\n");
        for (var index = 0; index < scores; index++)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  s{index}: {Score()}\n");
        }

        if (scores > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  sum: {{ add: [{string.Join(", ", Enumerable.Range(0, scores).Select(index => $"s{index}"))}] }}\n");
        }

        _text.Append("overrides:\n");
        for (var index = random.Next(3); index >= 0; index--)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  - {{ for: {Odd(Pick("site", "{ ward: W }", "{ tag: [t, u] }"))}, limits: {{ low: {Odd(random.Next(20, 91).ToString(CultureInfo.InvariantCulture))} }}");
            _text.Append(scores > 1 && random.Next(3) == 0 ? $", use: {{ s0: {Odd("s1")} }} }}\n" : " }\n");
        }

        _text.Append("rules:\n");
        var rules = random.Next(1, 5);
        for (var index = 0; index < rules; index++)
        {
            Rule(index, rules);
        }

        return _text.ToString();
    }

    private void Rule(int index, int rules)
    {
        _text.Append(CultureInfo.InvariantCulture, $"  - alert: R{index}\n");
        if (random.Next(3) == 0)
        {
            Line("levels", $"{{ low: {{ when: {Quoted(Condition(2))} }}, high: {{ when: {Quoted(Condition(1))}, for: {Odd("3 s")} }} }}");
        }
        else
        {
            Line("when", Odd(Quoted(Condition(3))));
            Line("priority", Odd(Pick("high", "medium", "low")));
            Sometimes("for", Odd(Pick("3 s", "1 min 30 s", "0 s")));
        }

        // What ends a rule on rise or fall is not for chance to find; these stay until somebody has seen them.
        Line("latch", "true");
        Sometimes("clear when", Quoted(Condition(2)));
        Sometimes("clear after", Odd("10 s"));
        Sometimes("only in", Odd(Pick("{ ward: [W, V] }", "{ population: adults }", "{ tag: t, ward: W }")));
        Sometimes("escalate", Odd("[ { not acknowledged in: 2 min, notify: nurse }, { not acknowledged in: 5 min, notify: physician } ]"));
        Sometimes("shadow", Odd("false"));
        Sometimes("was", Odd($"Old {index}"));
        if (index + 1 < rules)
        {
            Sometimes("suppresses", Odd($"[R{index + 1}]"));
        }

        Line("message", Odd($"\"{{{Number(1)}}} and {{age a}}\""));
    }

    private string Score() => Odd(random.Next(3) switch
    {
        0 => "{ score: { v: { is A: 0, is not A: 3 } } }",
        1 => "{ score: { a: { \"<= 40\": 3, \"41 to 50\": 1, \">= 51\": 0 } }, round: 1 }",
        _ => "{ round: 1, score: [ { a: \"<= 83\", o: is on, points: 3 }, { a: \">= 84\", points: 2 }, { o: is off, points: 1 } ] }",
    });

    private string Condition(int depth) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 or 1 => $"{Number(depth - 1)} {Pick("<", "<=", ">", ">=")} {random.Next(20, 150)}",
        2 => $"a {Pick("is missing", "is not missing", "is no value")}",
        3 => $"{Pick("v is A", "o is on", "a < limit low", "a > limit high")}",
        4 => $"a between {random.Next(20, 50)} and {random.Next(50, 120)}",
        5 => $"({Condition(depth - 1)} {Pick("and", "or")} {Condition(depth - 1)})",
        6 => $"not {Condition(depth - 1)}",
        7 => $"at least {random.Next(1, 3)} of ({Condition(depth - 1)}, {Condition(depth - 1)})",
        _ => $"{Pick("average", "lowest", "highest", "rise", "fall", "count")}({Pick("a", "b", "c")}, {random.Next(1, 90)} min) > {random.Next(1, 90)}",
    };

    private string Number(int depth) => random.Next(depth > 0 ? 5 : 3) switch
    {
        0 => "a",
        1 => "c",
        2 => "b",
        3 => $"({Number(depth - 1)} {Pick("+", "-", "*", "/")} {random.Next(1, 9)})",
        _ => $"{Pick("average", "lowest", "count")}(a, {random.Next(1, 60)} s)",
    };

    /// <summary>The value, or rarely something that does not belong there.</summary>
    private string Odd(string value) => random.Next(60) == 0 ? Wrong[random.Next(Wrong.Length)] : value;

    private void Sometimes(string key, string value)
    {
        if (random.Next(4) == 0)
        {
            Line(key, value);
        }
    }

    private void Line(string key, string value) => _text.Append(CultureInfo.InvariantCulture, $"    {(random.Next(200) == 0 ? key + "s" : key)}: {value}\n");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static string Quoted(string text) => $"\"{text}\"";
}
