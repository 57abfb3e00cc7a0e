using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Checking;

/// <summary>The names that expressions may use.</summary>
internal sealed class Vocabulary
{
    /// <summary>The signals.</summary>
    public required SignalCatalogue Catalogue { get; init; }

    /// <summary>Limits by name.</summary>
    public Dictionary<string, LimitDefinition> Limits { get; } = new(StringComparer.Ordinal);

    /// <summary>Derived signals by name.</summary>
    public Dictionary<string, DerivedDefinition> Derived { get; } = new(StringComparer.Ordinal);

    /// <summary>What each derived signal can be while everything measured is plausible.</summary>
    public Dictionary<string, NumberRange> Ranges { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of alerts.</summary>
    public HashSet<string> Alerts { get; } = new(StringComparer.Ordinal);

    /// <summary>Earlier names of alerts with the present ones.</summary>
    public Dictionary<string, string> FormerAlerts { get; } = new(StringComparer.Ordinal);

    /// <summary>The windows that are looked at: signal and length. Whatever is asked of one window, its samples are kept once.</summary>
    public HashSet<(string Signal, TimeSpan Length)> Windows { get; } = [];

    /// <summary>Names that were declared but not well enough to be used; they are no second mistake where they are named.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a file could not be read, so that names may be missing that are no mistake.</summary>
    public bool Incomplete { get; init; }

    /// <summary>All names of signals and derived signals.</summary>
    public IEnumerable<string> Numbers => Signals.Select(signal => signal.Id).Concat(Derived.Keys);

    private IEnumerable<Signal> Signals => Catalogue.Signals;

    /// <summary>The signal with this id; null if there is none (an alias is none).</summary>
    public Signal? Signal(string id) => Catalogue.Find(id) is { } signal && signal.Id == id ? signal : null;

    /// <summary>What is known of a signal or derived signal; null if there is none.</summary>
    public NumberType? Find(string name)
    {
        if (Signal(name) is { } signal)
        {
            return new NumberType(
                new Display(signal.Name, signal.UnitShown, signal.Decimals, signal.Form), signal.Unit, null, new NumberRange(signal.PlausibleLow, signal.PlausibleHigh));
        }

        return Derived.TryGetValue(name, out var derived)
            ? new NumberType(derived.Display, derived.Unit, null, Ranges.GetValueOrDefault(name, NumberRange.Everything))
            : null;
    }
}
