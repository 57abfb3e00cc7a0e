using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>The rule files that come with the gateway, as they stand in <c>rules/</c>; part of the program, so that nothing can be missing.</summary>
public static class ShippedRules
{
    private static readonly Lazy<SignalCatalogue> Catalogue = new(() => RuleSetLoader.LoadCatalogue(SignalFile));

    /// <summary>All shipped files.</summary>
    public static ImmutableArray<RuleFile> Files { get; } = [Read("00-signals.yaml"), Read("10-adult.yaml"), Read("20-technical.yaml"), Read("30-news2.yaml")];

    /// <summary>The shipped signals: what a gateway decodes with while it has no valid rule files.</summary>
    public static SignalCatalogue SignalCatalogue => Catalogue.Value;

    /// <summary>The file of the shipped signals.</summary>
    internal static RuleFile SignalFile => Files[0];

    private static RuleFile Read(string name)
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The shipped rule file {name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return new RuleFile(name, reader.ReadToEnd());
    }
}
