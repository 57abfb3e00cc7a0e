using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Tests.Support;
using IoTGateway.Tests.Support;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using YamlDotNet.Core;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>rules/rules.schema.json, by which editors complete and check rule files, says what the loader says.</summary>
public partial class SchemaTests
{
    /// <summary>Codes of mistakes in keys and shapes, which the schema can see too.</summary>
    private static readonly string[] Visible = ["R006", "R020", "R025", "R050", "R051"];

    private static readonly string Path = Repository.PathOf("rules/rules.schema.json");

    /// <summary>NJsonSchema knows the keywords used here under their names in draft 2020-12, but for `$defs`, which used to be `definitions`.</summary>
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(
        File.ReadAllText(Path).Replace("$defs", "definitions", StringComparison.Ordinal)).GetAwaiter().GetResult());

    public static TheoryData<string, string[]> Objects() => new()
    {
        { "", Keys.File },
        { "signal", Keys.Signal },
        { "limit", Keys.Limit },
        { "override", Keys.Override },
        { "overrideFor", Keys.OverrideFor },
        { "derived", Keys.Derived },
        { "rule", Keys.Rule },
        { "levels", Keys.Levels },
        { "level", Keys.Level },
        { "stage", Keys.Stage },
        { "onlyIn", Keys.OnlyIn },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_Keys_AreThoseOfTheLoader(string definition, string[] keys)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path));
        var schema = definition.Length == 0 ? document.RootElement : document.RootElement.GetProperty("$defs").GetProperty(definition);
        Assert.Equal(keys.Order(StringComparer.Ordinal), schema.GetProperty("properties").EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Schema_Definitions_AreAllCompared()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path));
        var closed = document.RootElement.GetProperty("$defs").EnumerateObject()
            .Where(one => one.Value.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False).Select(one => one.Name);
        Assert.Equal(Objects().Select(row => row.Data.Item1).Where(name => name.Length > 0).Order(), closed.Order());
    }

    [Fact]
    public void Schema_ShippedFiles_BeginWithItsNameAndAreValid()
    {
        foreach (var file in ShippedRules.Files)
        {
            Assert.StartsWith("# yaml-language-server: $schema=./rules.schema.json\n", file.Text, StringComparison.Ordinal);
            Assert.Equal("", Mistakes(file.Text));
        }
    }

    [Fact]
    public void Schema_GoodFiles_AreValid()
    {
        Assert.Equal("", Mistakes(TenRules.Text));
        Assert.Equal("", Mistakes(TestRules.Signals));
        Assert.Equal("", Mistakes(ManyRules.Text));
        Assert.Equal("", Mistakes("version: 1\nrules:\nlimits:\n"));
    }

    [Theory]
    [MemberData(nameof(WrongFilesTests.Cases), MemberType = typeof(WrongFilesTests))]
    public void Schema_WrongFile_AgreesWithTheLoader(string text)
    {
        var file = WrongFilesTests.FileOf(text);
        var errors = RuleSetLoader.Load([new RuleFile("bad.yaml", file)]).Diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.Code).ToList();
        if (errors.Contains("R001") || errors.Contains("R002") || errors.Contains("R005"))
        {
            // Not YAML, or YAML that only the loader refuses.
            return;
        }

        var mistakes = Mistakes(file);
        Assert.True(mistakes.Length == 0 || errors.Count > 0, $"only the schema refuses it: {mistakes}");
        Assert.True(mistakes.Length > 0 || errors.Count == 0 || !errors.All(Visible.Contains), $"only the loader refuses it: {string.Join(' ', errors)}");
    }

    /// <summary>What the schema says of a file; empty if it is valid.</summary>
    private static string Mistakes(string text)
    {
        var root = YamlReader.Read(new SourceText(new RuleFile("x.yaml", text)), new DiagnosticBag());
        Assert.NotNull(root);
        return string.Join('\n', Schema.Value.Validate(Convert(root)).Select(mistake => mistake.ToString()));
    }

    /// <summary>As an editor reads YAML: plain numbers, true and false have their types.</summary>
    private static JToken Convert(ConfigNode node) => node.Kind switch
    {
        ConfigKind.Mapping => new JObject(node.Entries.Select(entry => new JProperty(entry.Key.Text, Convert(entry.Value)))),
        ConfigKind.List => new JArray(node.Items.Select(Convert)),
        _ when node.Style != ScalarStyle.Plain => new JValue(node.Text),
        _ => node.Text switch
        {
            "" or "~" or "null" => JValue.CreateNull(),
            "true" => new JValue(true),
            "false" => new JValue(false),
            _ when Integer().IsMatch(node.Text) => new JValue(long.Parse(node.Text, CultureInfo.InvariantCulture)),
            _ when Number().IsMatch(node.Text) => new JValue(double.Parse(node.Text, CultureInfo.InvariantCulture)),
            _ => new JValue(node.Text),
        },
    };

    [GeneratedRegex(@"^-?[0-9]{1,18}$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^-?[0-9]+\.[0-9]+$")]
    private static partial Regex Number();
}
