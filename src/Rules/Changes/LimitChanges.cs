using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Changes;

/// <summary>Differences of limits.</summary>
internal static class LimitChanges
{
    /// <summary>Those that are new or different, in the order of the files, then those that are gone.</summary>
    public static IEnumerable<SettingChange> Between(RuleSetDefinition before, SettingUsers oldUsers, RuleSetDefinition after, SettingUsers users)
    {
        var gone = before.Limits.ToDictionary(limit => limit.Name, StringComparer.Ordinal);
        foreach (var limit in after.Limits)
        {
            if (!gone.Remove(limit.Name, out var old))
            {
                yield return new SettingChange($"limit {limit.Name}", $"new, {Wording.Of(limit.Value)}{users.OfLimit(limit.Name)}", [limit.Place.File]);
                continue;
            }

            string[] words =
            [
                .. old.Value == limit.Value ? Array.Empty<string>() : [$"{Wording.Of(old.Value)} -> {Wording.Of(limit.Value)}"],
                .. Wording.Change("allowed", Allowed(old), Allowed(limit)),
            ];
            if (words.Length > 0)
            {
                yield return new SettingChange($"limit {limit.Name}", string.Join(", ", words) + users.OfLimit(limit.Name), [old.Place.File, limit.Place.File]);
            }
        }

        foreach (var old in before.Limits.Where(limit => gone.ContainsKey(limit.Name)))
        {
            yield return new SettingChange($"limit {old.Name}", $"removed, was {Wording.Of(old.Value)}{oldUsers.OfLimit(old.Name).Replace("used by", "was used by", StringComparison.Ordinal)}", [old.Place.File]);
        }
    }

    private static string Allowed(LimitDefinition limit) => (double.IsFinite(limit.AllowedLow), double.IsFinite(limit.AllowedHigh)) switch
    {
        (false, false) => "anything",
        (true, false) => $"from {Wording.Of(limit.AllowedLow)}",
        (false, true) => $"up to {Wording.Of(limit.AllowedHigh)}",
        _ => $"{Wording.Of(limit.AllowedLow)} to {Wording.Of(limit.AllowedHigh)}",
    };
}
