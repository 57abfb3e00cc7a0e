using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Tests.Support;

namespace IoTGateway.Broker.Tests;

/// <summary>Holds docs/mqtt.md to what is tested here.</summary>
public partial class ConformanceDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs/mqtt.md"));

    [Fact]
    public void Document_TestsThatItNames_Exist()
    {
        var known = typeof(ConformanceDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(IsTest).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        var named = Lines.SelectMany(line => TestName().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 100, $"Only {named.Count} tests were found in the document.");
        Assert.Equal([], named.Where(name => !known.Contains(name)));
    }

    [Fact]
    public void Document_EveryRowWithStatements_NamesATest()
    {
        var rows = Lines.Where(line => StatementRow().IsMatch(line)).ToList();

        Assert.True(rows.Count > 50, $"Only {rows.Count} rows were found in the document.");
        Assert.Equal([], rows.Where(row => !TestName().IsMatch(row)));
    }

    /// <remarks>Each section with the number of its last statement, as the standards count them.</remarks>
    [Theory]
    [InlineData("3.1.1", "1.5.3:3 2.2.2:2 2.3.1:7 3.1.0:2 3.1.2:24 3.1.3:11 3.1.4:5 3.2.0:1 3.2.2:6 3.3.1:12 3.3.2:3 3.3.4:1 3.3.5:2 3.6.1:1 3.8.1:1 3.8.3:3 3.8.4:6 3.9.3:2 3.10.1:1 3.10.3:2 3.10.4:6 3.12.4:1 3.14.1:1 3.14.4:3 4.1.0:2 4.3.1:1 4.3.2:2 4.3.3:2 4.4.0:1 4.5.0:2 4.6.0:6 4.7.1:3 4.7.2:1 4.7.3:4 4.8.0:2 6.0.0:4 7.0.0:2 7.1.1:1 7.1.2:1")]
    [InlineData("5", "1.5.4:3 1.5.5:1 1.5.7:1 2.1.3:1 2.2.2:1 3.1.0:2 3.1.2:30 3.1.3:12 3.1.4:6 3.2.0:2 3.2.2:22 3.3.1:13 3.3.2:20 3.3.4:10 3.4.2:3 3.5.2:3 3.6.1:1 3.6.2:3 3.7.2:3 3.8.1:1 3.8.3:5 3.8.4:8 3.9.2:2 3.9.3:2 3.10.1:1 3.10.3:2 3.10.4:6 3.11.2:2 3.11.3:2 3.12.4:1 3.14.0:1 3.14.1:1 3.14.2:4 3.14.4:3 3.15.1:1 3.15.2:3 4.1.0:2 4.3.1:1 4.3.2:5 4.3.3:13 4.4.0:2 4.5.0:2 4.6.0:6 4.7.0:1 4.7.1:2 4.7.2:1 4.7.3:4 4.8.2:6 4.9.0:3 4.12.0:7 4.12.1:2 4.13.1:1 4.13.2:1 6.0.0:4")]
    public void Document_StatementsOfAVersion_AreAllThere(string version, string sections)
    {
        var lists = Lines.Where(line => line.StartsWith($"- {version}: ", StringComparison.Ordinal));
        var text = string.Join('\n', Lines.Where(line => StatementRow().IsMatch(line)).Select(line => line.Split('|')[version == "5" ? 2 : 1]).Concat(lists));
        var missing = new List<string>();
        foreach (var section in sections.Split(' ').Select(section => section.Split(':')))
        {
            var found = new HashSet<int>();
            foreach (Match match in Regex.Matches(text, $@"(?<![\d.]){Regex.Escape(section[0])}[-.](\d+)(?: to {Regex.Escape(section[0])}-(\d+))?"))
            {
                var first = NumberOf(match.Groups[1]);
                found.UnionWith(Enumerable.Range(first, match.Groups[2].Success ? NumberOf(match.Groups[2]) - first + 1 : 1));
            }

            missing.AddRange(Enumerable.Range(1, int.Parse(section[1], CultureInfo.InvariantCulture)).Where(number => !found.Contains(number)).Select(number => $"{section[0]}-{number}"));
        }

        Assert.Equal([], missing);
    }

    private static int NumberOf(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static bool IsTest(System.Reflection.MethodInfo method) =>
        method.GetCustomAttributes(inherit: true).OfType<FactAttribute>().Any();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\|(?=[^|]*\d|[^|]*\|[^|]*\d)[\d.,\- to]*\|[\d.,\- to]*\|")]
    private static partial Regex StatementRow();
}
