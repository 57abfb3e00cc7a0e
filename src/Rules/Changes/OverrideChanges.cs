using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Changes;

/// <summary>
/// Differences of what overrides say for the site, for each ward and for each tag: of several that set the same for the same, the last one counts.
/// Names for which the same becomes different share a line.
/// </summary>
internal static class OverrideChanges
{
    /// <summary>Those that are new or different, in the order of the files, then those that are gone.</summary>
    public static IEnumerable<SettingChange> Between(RuleSetDefinition before, SettingUsers oldUsers, RuleSetDefinition after, SettingUsers users)
    {
        var (old, now) = (Said(before), Said(after));
        var changes = now.Keys.Concat(old.Keys.Where(key => !now.ContainsKey(key)))
            .Select(key => (Key: key, Old: old.GetValueOrDefault(key), Now: now.GetValueOrDefault(key)))
            .Where(change => change.Old.Value != change.Now.Value);
        foreach (var same in changes.GroupBy(change => (change.Key.Scope, change.Key.IsLimit, change.Key.Setting, Was: change.Old.Value, Is: change.Now.Value)))
        {
            var key = same.Key;
            var scope = key.Scope == OverrideScope.Site ? "the site" : $"{(key.Scope == OverrideScope.Ward ? "ward" : "tag")} {string.Join(", ", same.Select(change => change.Key.Name))}";
            var words = key.Was is null ? $"new, {key.Is}" : key.Is is null ? $"removed, was {key.Was}" : $"{key.Was} -> {key.Is}";
            var of = key.Is is null ? oldUsers : users;
            yield return new SettingChange(
                $"{(key.IsLimit ? "limit " : "")}{key.Setting} for {scope}",
                words + (key.IsLimit ? of.OfLimit(key.Setting) : of.OfDerived(key.Setting)),
                [.. same.SelectMany(change => new[] { change.Old.File, change.Now.File }).OfType<string>().Distinct()]);
        }
    }

    private static Dictionary<(OverrideScope Scope, string Name, bool IsLimit, string Setting), (string? Value, string? File)> Said(RuleSetDefinition rules)
    {
        var said = new Dictionary<(OverrideScope, string, bool, string), (string?, string?)>();
        foreach (var one in rules.Overrides)
        {
            foreach (var name in one.Scope == OverrideScope.Site ? [""] : one.Names)
            {
                foreach (var limit in one.Limits)
                {
                    said[(one.Scope, name, true, limit.Limit)] = (Wording.Of(limit.Value), limit.Place.File);
                }

                foreach (var use in one.Uses)
                {
                    said[(one.Scope, name, false, use.Derived)] = ($"{use.Instead} in its place", use.Place.File);
                }
            }
        }

        return said;
    }
}
