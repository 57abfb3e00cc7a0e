using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Scenarios;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

public class CourseParserTests
{
    private static readonly SignalCatalogue Catalogue = TestRules.Rule("when: a > 100").Catalogue;

    [Theory]
    [InlineData("a", "97 for 3 s", "0:97 1:97 2:97")]
    [InlineData("a", "97 for 2 s, 88 for 2 s", "0:97 1:97 2:88 3:88")]
    [InlineData("a", "97 for 2500 ms, 88 for 1 s", "0:97 1:97 2:97 2.5:88")]
    [InlineData("a", "97 % for 1 s", "0:97")]
    [InlineData("a", "97 for 1 s, 88", "0:97 1:88 2:88 3:88 4:88 5:88")]
    [InlineData("a", "97 once, 90 for 1 s", "0:97 0:90")]
    [InlineData("a", "97 once", "0:97")]
    [InlineData("a", "falling 95 to 93 over 4 s, 93 for 1 s", "0:95 1:95 2:94 3:94 4:93")]
    [InlineData("a", "rising 90 to 92 over 2 s", "0:90 1:91 2:92")]
    [InlineData("a", "rising 90 to 92 over 2 s, missing for 2 s, 99 once", "0:90 1:91 2:92 4:99")]
    [InlineData("c", "falling 37.5 to 37 over 2 s", "0:37.5 1:37.3 2:37")]
    [InlineData("c", "falling -0.5 to -1 over 1 s", "0:-0.5 1:-1")]
    [InlineData("a", "alternating 88 and 92 every 2 s for 5 s", "0:88 1:88 2:92 3:92 4:88")]
    [InlineData("a", "missing for 3 s, 97 for 1 s", "3:97")]
    [InlineData("a", "missing", "")]
    [InlineData("a", "no value for 2 s", "0:NaN/NoValue 1:NaN/NoValue")]
    [InlineData("a", "questionable 30 for 1 s", "0:30/Questionable")]
    [InlineData("a", "0 for 1 s, 250 for 1 s", "0:0/NoValue 1:250/Questionable")]
    [InlineData("v", "A for 1 s, P for 1 s", "0:65 1:80")]
    [InlineData("v", "alternating A and V every 1 s for 2 s", "0:65 1:86")]
    [InlineData("o", "off for 1 s, on for 1 s, 2.5 for 1 s, 0 for 1 s", "0:0 1:1 2:1 3:0")]
    public void Parse_Course_GivesTheseValues(string signal, string text, string expected)
    {
        var course = new Course(Catalogue.Find(signal)!, TimeSpan.FromSeconds(1), CourseParser.Parse(text, Catalogue.Find(signal)!));
        var samples = course.Samples(TimeSpan.FromSeconds(5)).Select(sample => string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Time.TotalSeconds}:{sample.Value.Value}{(sample.Value.Quality == Quality.Valid ? "" : $"/{sample.Value.Quality}")}"));
        Assert.Equal(expected, string.Join(' ', samples));
    }

    [Fact]
    public void Samples_EveryFiveSeconds_ComeAtThatPace()
    {
        var course = new Course(Catalogue.Find("a")!, TimeSpan.FromSeconds(5), CourseParser.Parse("97 for 12 s, 90 for 5 s", Catalogue.Find("a")!));
        Assert.Equal([0, 5, 10, 12], course.Samples(TimeSpan.FromSeconds(17)).Select(sample => sample.Time.TotalSeconds));
    }

    [Theory]
    [InlineData("a", "", 0, "a value is missing here")]
    [InlineData("a", "97 for 30 s,", 12, "a value is missing here")]
    [InlineData("a", "97, 88 for 1 s", 0, "only the last part may be without a duration")]
    [InlineData("a", "97 for 30", 7, "a duration needs a unit")]
    [InlineData("a", "90 for 1 s, 97 for 30", 19, "a duration needs a unit")]
    [InlineData("a", "97 for 0 s", 7, "this lasts no time at all")]
    [InlineData("a", "97 during 3 s", 3, "`for` or a comma is wanted here, not 'during 3 s'")]
    [InlineData("a", "97 30 s", 3, "`for` or a comma is wanted here")]
    [InlineData("a", "high for 3 s", 0, "'high' is no value of a")]
    [InlineData("a", "97 mmHg for 3 s", 3, "a is not measured in mmHg")]
    [InlineData("a", "97 s for 3 s", 3, "a is not measured in s")]
    [InlineData("a", "rising 95 to 85 over 20 s", 0, "from 95 to 85 nothing rises")]
    [InlineData("a", "falling 85 to 85 over 20 s", 0, "from 85 to 85 nothing falls")]
    [InlineData("a", "falling 95 over 20 s", 11, "`to` is wanted here")]
    [InlineData("a", "falling 95 to 85 for 20 s", 17, "`over` is wanted here")]
    [InlineData("a", "alternating 88 92 every 5 s", 15, "`and` is wanted here")]
    [InlineData("a", "no for 3 s", 3, "`value` is wanted here")]
    [InlineData("a", "missing 3 s", 8, "`for` or a comma is wanted here")]
    [InlineData("v", "Z for 1 s", 0, "'Z' is no value of v")]
    [InlineData("v", "rising A to V over 3 s", 0, "v is no number")]
    [InlineData("o", "maybe for 1 s", 0, "'maybe' is no value of o")]
    public void Parse_Mistake_IsToldWithItsPlace(string signal, string text, int start, string message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => CourseParser.Parse(text, Catalogue.Find(signal)!));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(start, mistake.Span.Start);
    }

    [Fact]
    public void Parse_RandomText_ThrowsNothingButItsMistake()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        string[] words = ["97", "for", "once", "3 s", ",", "rising", "falling", "to", "over", "every", "and", "no", "value", "missing", "A", "on", "-", ".", "1e9", "%", " ", "é"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)]));
            foreach (var signal in Catalogue.Signals)
            {
                try
                {
                    var course = new Course(signal, TimeSpan.FromSeconds(1), CourseParser.Parse(text, signal));
                    Assert.True(course.Samples(TimeSpan.FromSeconds(20)).Count() < 200, text);
                }
                catch (ExpressionException mistake)
                {
                    Assert.InRange(mistake.Span.Start, 0, text.Length);
                }
            }
        }
    }
}
