using System.Globalization;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Makes rule sets of sketches, as the loader makes them of files.</summary>
internal static class EngineRules
{
    public static RuleSet Of(RuleSetSketch sketch, int version) => Of(sketch.Define(), version);

    public static RuleSet Of(Definitions.RuleSetDefinition definition, int version) => new()
    {
        Version = string.Create(CultureInfo.InvariantCulture, $"{version:x64}"),
        Catalogue = definition.Catalogue,
        Rules = [.. definition.Rules.Select(rule => rule.Rule)],
        Files = [],
        Definition = definition,
    };
}
