using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Language;

public class ExpressionParserTests
{
    [Theory]
    [InlineData("a < 1", "(a < 1)")]
    [InlineData("a<1 and b>2 or c=3", "(((a < 1) and (b > 2)) or (c = 3))")]
    [InlineData("a < 1 or b > 2 and c = 3", "((a < 1) or ((b > 2) and (c = 3)))")]
    [InlineData("not a < 1 and b > 2", "((not (a < 1)) and (b > 2))")]
    [InlineData("not not a < 1", "(not (not (a < 1)))")]
    [InlineData("a between 1 and 2 and b > 2", "((a between 1 and 2) and (b > 2))")]
    [InlineData("a + 1 - 2 * 3 / 4 >= -b", "(((a + 1) - ((2 * 3) / 4)) >= (-b))")]
    [InlineData("- a * b > - 2 - 3", "(((-a) * b) > ((-2) - 3))")]
    [InlineData("(a) > ((1 + 2)) * 3", "(a > ((1 + 2) * 3))")]
    [InlineData("a is not missing or b is no value", "((a is not missing) or (b is no value))")]
    [InlineData("v is A and o is off", "((v is A) and (o is off))")]
    [InlineData("a < 90 % and b > 30bpm and t > 38.5 °C and f > 12 /min", "((((a < 90 %) and (b > 30 bpm)) and (t > 38.5 °C)) and (f > 12 /min))")]
    [InlineData("a < limit low + 2", "(a < (limit low + 2))")]
    [InlineData("average(a, 1 min) < 90", "(average(a, 1 min) < 90)")]
    [InlineData("rise(hr,10min)>=30 and count(a, 1 h 1 min 1 s) > 2", "((rise(hr, 10 min) >= 30) and (count(a, 1 h 1 min 1 s) > 2))")]
    [InlineData("highest(a, 1.5 s) - lowest(a, 90 s) > fall(a, 24 h)", "((highest(a, 1500 ms) - lowest(a, 1 min 30 s)) > fall(a, 1 d))")]
    [InlineData("at least 2 of (a > 1, b > 2 or c > 3, not a is missing) and b < 5", "((at least 2 of ((a > 1), ((b > 2) or (c > 3)), (not (a is missing)))) and (b < 5))")]
    [InlineData("alert \"SpO2 low\" is not active or alert \"X\" is active", "((alert \"SpO2 low\" is not active) or (alert \"X\" is active))")]
    public void Parse_Expression_BindsAsDocumented(string text, string printed) =>
        Assert.Equal(printed, ExpressionParser.Parse(text).Print());

    [Fact]
    public void Parse_RandomTrees_PrintAndParseToTheSame()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Condition(random, 4);
            var printed = ExpressionParser.Parse(text).Print();
            Assert.True(printed == ExpressionParser.Parse(printed).Print(), $"seed {seed}: {text}");
        }
    }

    [Theory]
    [InlineData("", "R010", 0, "the expression is empty")]
    [InlineData("a <", "R010", 3, "ends where a signal, a number or `(` should follow")]
    [InlineData("a < 1 b", "R010", 6, "`b` stands where")]
    [InlineData("(a < 1", "R010", 6, "ends where `)` should follow")]
    [InlineData("a < 1)", "R010", 5, "`)` stands where")]
    [InlineData("and a < 1", "R010", 0, "`and` stands where")]
    [InlineData("85 < a < 90", "R012", 7, "cannot be chained")]
    [InlineData("a == 1", "R011", 2, "no `==`")]
    [InlineData("a < 1 && b > 2", "R011", 6, "no `&&`")]
    [InlineData("a ≤ 1", "R011", 2, "no `≤`")]
    [InlineData("a < 37,5", "R020", 6, "written with a point")]
    [InlineData("a < 5x", "R022", 5, "no unit")]
    [InlineData("A AND b", "R010", 2, "`AND` stands where")]
    [InlineData("sqrt(a) > 2", "R010", 0, "there is no function `sqrt`")]
    [InlineData("average(a, 10) > 2", "R021", 11, "a duration needs a unit")]
    [InlineData("average(a, 10m) > 2", "R021", 13, "`m` is no unit of time")]
    [InlineData("average(a, ) > 2", "R010", 11, "a duration such as")]
    [InlineData("average(a, 1 min > 2", "R010", 17, "`>` stands where `)`")]
    [InlineData("average(a, 0.5 s) > 2", "R021", 11, "from 1 s to 1 d")]
    [InlineData("average(2, 1 min) > 2", "R010", 8, "the name of a signal")]
    [InlineData("at most 2 of (a > 1)", "R010", 0, "`at` is followed by `least`")]
    [InlineData("at least 0 of (a > 1, b > 1)", "R041", 9, "can never be asked for")]
    [InlineData("at least 2.5 of (a > 1, b > 1)", "R010", 9, "a whole number")]
    [InlineData("at least 1 of (a > 1; b > 1)", "R011", 20, "no `;`")]
    [InlineData("at least 1 of ()", "R010", 15, "`)` stands where")]
    [InlineData("alert X is active", "R010", 0, "in double quotes")]
    [InlineData("alert \"X\" is raised", "R010", 13, "`active` should follow")]
    [InlineData("a is active", "R010", 0, "only an alert is active")]
    [InlineData("a is", "R010", 4, "ends where")]
    [InlineData("3 is missing", "R010", 0, "`is` follows the name of a signal")]
    [InlineData("a between 1", "R010", 11, "`and` and the upper end")]
    [InlineData("a < 9999999999999", "R020", 4, "too large")]
    [InlineData("\"abc", "R010", 0, "no closing quote")]
    [InlineData("limit", "R010", 5, "the limit's name")]
    public void Parse_Mistake_IsToldAtItsPlace(string text, string code, int start, string message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
        Assert.Equal((code, start), (mistake.Code, mistake.Span.Start));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("85 < a < 90", "write `a > 85 and a < 90`")]
    [InlineData("85 <= a <= 90", "write `a between 85 and 90`")]
    [InlineData("90 % >= a > 85 %", "write `a <= 90 % and a > 85 %`")]
    [InlineData("90 % >= a >= 85 %", "write `a between 85 % and 90 %`")]
    [InlineData("a < 90 < b", "join two comparisons with `and`")]
    [InlineData("a < 1 && b > 2", "write `and`")]
    [InlineData("A AND b", "write `and`")]
    public void Parse_Mistake_SaysWhatToWrite(string text, string help) =>
        Assert.Equal(help, Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text)).Help);

    [Fact]
    public void Parse_TooLongTooDeepTooMany_IsRefused()
    {
        Assert.Equal("R003", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string(' ', 2_001))).Code);
        Assert.Equal("R003", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('(', 41) + "a" + new string(')', 41))).Code);
        Assert.Equal(
            "R003", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(string.Join('+', Enumerable.Repeat("1", 201)) + " > 1")).Code);
        Assert.NotNull(ExpressionParser.Parse(new string('(', 38) + "a" + new string(')', 38)));
    }

    [Fact]
    public void Parse_LongestText_TakesTimeByItsLength()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        foreach (var text in new[] { new string('(', 2_000), string.Concat(Enumerable.Repeat("not ", 500)), string.Concat(Enumerable.Repeat("a+", 1_000)), "at least 1 of (" + string.Concat(Enumerable.Repeat("a>1,", 490)) })
        {
            for (var round = 0; round < 100; round++)
            {
                Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
            }
        }

        // 400 texts of the greatest length; a parser that goes back over them would take minutes.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("15 s", 15_000)]
    [InlineData("0 s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("1 min 30 s", 90_000)]
    [InlineData("1.5 h", 5_400_000)]
    [InlineData("2 d", 172_800_000)]
    public void Duration_WithUnit_IsRead(string text, long milliseconds) =>
        Assert.Equal(milliseconds, (long)Durations.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("15", "a duration needs a unit")]
    [InlineData("1 min 30", "a duration needs a unit")]
    [InlineData("15 sec", "`sec` is no unit of time")]
    [InlineData("-15 s", "this is no duration")]
    [InlineData("soon", "this is no duration")]
    [InlineData("8 d", "at most 7 days")]
    [InlineData("1.2.3 s", "this is no duration")]
    public void Duration_Mistake_IsTold(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ExpressionException>(() => Durations.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.25, "0.25 s")]
    [InlineData(15, "15 s")]
    [InlineData(90, "1 min 30 s")]
    [InlineData(7200, "2 h")]
    [InlineData(93_784, "1 d 2 h")]
    [InlineData(-3, "0 s")]
    public void Duration_Format_IsForPeople(double seconds, string expected) =>
        Assert.Equal(expected, Durations.Format(TimeSpan.FromSeconds(seconds)));

    private static string Condition(Random random, int depth) => random.Next(depth > 0 ? 9 : 4) switch
    {
        0 => $"{Number(random, depth)} {Pick(random, "<", "<=", ">", ">=", "=", "!=")} {Number(random, depth)}",
        1 => $"a {Pick(random, "is missing", "is not missing", "is no value", "is on", "is not B")}",
        2 => $"{Number(random, depth)} between {Number(random, depth)} and {Number(random, depth)}",
        3 => $"spo2 < limit low",
        4 => $"({Condition(random, depth - 1)} {Pick(random, "and", "or")} {Condition(random, depth - 1)})",
        5 => $"not {Condition(random, depth - 1)}",
        6 => $"at least {random.Next(1, 3)} of ({Condition(random, depth - 1)}, {Condition(random, depth - 1)})",
        7 => $"alert \"A b\" is {Pick(random, "", "not ")}active",
        _ => $"({Condition(random, depth - 1)})",
    };

    private static string Number(Random random, int depth) => random.Next(depth > 0 ? 7 : 3) switch
    {
        0 => Pick(random, "a", "b_2", "hr"),
        1 => Pick(random, "0", "1.50", "37.25 °C", "90 %"),
        2 => "limit x",
        3 => $"-{Number(random, depth - 1)}",
        6 => $"{Pick(random, "average", "lowest", "highest", "rise", "fall", "count")}(hr, {random.Next(1, 86_400)} s)",
        4 => $"({Number(random, depth - 1)} {Pick(random, "+", "-")} {Number(random, depth - 1)})",
        _ => $"{Number(random, depth - 1)} {Pick(random, "*", "/")} {Number(random, depth - 1)}",
    };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
