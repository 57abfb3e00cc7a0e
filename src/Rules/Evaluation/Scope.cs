using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Evaluation;

/// <summary>The names that expressions may use.</summary>
internal sealed class Scope
{
    /// <summary>Signals and derived signals by id.</summary>
    public Dictionary<string, NamedSlot> Slots { get; } = new(StringComparer.Ordinal);

    /// <summary>Limits by name.</summary>
    public Dictionary<string, double> Limits { get; } = new(StringComparer.Ordinal);

    /// <summary>The limits as they are declared.</summary>
    public List<LimitDefinition> LimitDefinitions { get; } = [];

    /// <summary>The signals, to recognise aliases.</summary>
    public required SignalCatalogue Catalogue { get; init; }

    /// <summary>Names that were declared but not well enough to be used; they are no second mistake where they are named.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a file could not be read, so that names may be missing that are no mistake.</summary>
    public bool Incomplete { get; init; }
}
