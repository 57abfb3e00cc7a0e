using IoTGateway.Rules.Files;

namespace IoTGateway.Rules.Changes;

/// <summary>Differences of signals.</summary>
internal static class SignalChanges
{
    /// <summary>Those that are new or different, in the order of the catalogue, then those that are gone.</summary>
    public static IEnumerable<SettingChange> Between(RuleSet before, RuleSet after)
    {
        var gone = before.Definition.Signals.ToDictionary(declared => declared.Signal.Id, StringComparer.Ordinal);
        foreach (var declared in after.Definition.Signals)
        {
            var subject = $"signal {declared.Signal.Id}";
            if (!gone.Remove(declared.Signal.Id, out var old))
            {
                yield return new SettingChange(subject, "new", [declared.Place.File]);
                continue;
            }

            var words = Facts(old).Zip(Facts(declared)).SelectMany(pair => Wording.Change(pair.First.Key, pair.First.Text, pair.Second.Text)).ToList();
            if (words.Count > 0)
            {
                yield return new SettingChange(subject, string.Join(", ", words), [old.Place.File, declared.Place.File]);
            }
        }

        foreach (var old in before.Definition.Signals.Where(declared => gone.ContainsKey(declared.Signal.Id)))
        {
            yield return new SettingChange($"signal {old.Signal.Id}", "removed", [old.Place.File]);
        }
    }

    /// <summary>All that can be declared of a signal, always in the same order.</summary>
    private static IEnumerable<(string Key, string Text)> Facts(SignalDeclaration declared)
    {
        var signal = declared.Signal;
        return
        [
            ("name", signal.Name),
            ("unit", Text(signal.Unit)),
            ("shown as", Text(signal.UnitShown)),
            ("loinc", Text(signal.Loinc)),
            ("mdc", signal.MdcCode is { } code ? Wording.Of(code) : "none"),
            ("form", signal.Form.ToString().ToLowerInvariant()),
            ("letters", Text(signal.Letters)),
            ("of", signal.OfDevice ? "device" : "patient"),
            ("plausible", double.IsFinite(signal.PlausibleLow) || double.IsFinite(signal.PlausibleHigh) ? $"{Wording.Of(signal.PlausibleLow)} to {Wording.Of(signal.PlausibleHigh)}" : "anything"),
            ("no value", signal.NoValueAtOrBelow is { } none ? $"<= {Wording.Of(none)}" : "none"),
            ("missing after", Wording.Of(signal.MissingAfter)),
            ("valid for", Wording.Of(signal.ValidFor)),
            ("decimals", Wording.Of(signal.Decimals)),
            ("aliases", Text(string.Join(" and ", signal.Aliases.Order(StringComparer.Ordinal)))),
            ("sensor off", Text(string.Join(" and ", declared.SensorOff.Order(StringComparer.Ordinal)))),
        ];
    }

    private static string Text(string? text) => string.IsNullOrEmpty(text) ? "none" : text;
}
