using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Changes;

/// <summary>Differences of derived signals.</summary>
internal static class DerivedChanges
{
    /// <summary>Those that are new or different, in the order of the files, then those that are gone.</summary>
    public static IEnumerable<SettingChange> Between(RuleSetDefinition before, SettingUsers oldUsers, RuleSetDefinition after, SettingUsers users)
    {
        var gone = before.Derived.ToDictionary(derived => derived.Name, StringComparer.Ordinal);
        foreach (var derived in after.Derived)
        {
            var subject = $"derived signal {derived.Name}";
            if (!gone.Remove(derived.Name, out var old))
            {
                yield return new SettingChange(subject, $"new{users.OfDerived(derived.Name)}", [derived.Place.File]);
            }
            else if (Words(old, derived).ToList() is { Count: > 0 } words)
            {
                yield return new SettingChange(subject, Wording.Few(words) + users.OfDerived(derived.Name), [old.Place.File, derived.Place.File]);
            }
        }

        foreach (var old in before.Derived.Where(derived => gone.ContainsKey(derived.Name)))
        {
            yield return new SettingChange($"derived signal {old.Name}", $"removed{oldUsers.OfDerived(old.Name).Replace("used by", "was used by", StringComparison.Ordinal)}", [old.Place.File]);
        }
    }

    private static IEnumerable<string> Words(DerivedDefinition old, DerivedDefinition derived)
    {
        var how = (old, derived) switch
        {
            (ExpressionDefinition was, ExpressionDefinition now) => Wording.Of(was.Value) is var one && Wording.Of(now.Value) is var other && one != other ? [$"{one} -> {other}"] : [],
            (ScoreDefinition was, ScoreDefinition now) => Rows(was, now).Concat(Wording.Change("round", Round(was), Round(now))),
            (SumDefinition was, SumDefinition now) => was.Parts.Except(now.Parts).Select(part => $"without {part}").Concat(now.Parts.Except(was.Parts).Select(part => $"with {part}")),
            _ => ["is computed in another way"],
        };
        return how.Concat(Wording.Change("valid for", Wording.Of(old.ValidFor), Wording.Of(derived.ValidFor))).Concat(Shown(old, derived));
    }

    private static IEnumerable<string> Shown(DerivedDefinition old, DerivedDefinition derived) =>
        Wording.Change("name", old.Display.Label, derived.Display.Label)
            .Concat(Wording.Change("unit", Text(old.Unit), Text(derived.Unit)))
            .Concat(Wording.Change("decimals", Wording.Of(old.Display.Decimals), Wording.Of(derived.Display.Decimals)));

    /// <summary>Rows by their condition; if only their order is another one, that is said, as the first row that holds counts.</summary>
    private static List<string> Rows(ScoreDefinition old, ScoreDefinition score)
    {
        var (was, now) = (Rows(old), Rows(score));
        if (was.SequenceEqual(now))
        {
            return [];
        }

        var words = was.ExceptBy(now.Select(row => row.When), row => row.When).Select(row => $"without {row.When}")
            .Concat(now.ExceptBy(was.Select(row => row.When), row => row.When).Select(row => $"{row.When} gives {row.Points}"))
            .Concat(from row in now join earlier in was on row.When equals earlier.When where row.Points != earlier.Points select $"{row.When} gives {earlier.Points} -> {row.Points}")
            .ToList();
        return words.Count > 0 ? words : ["its rows stand in another order"];
    }

    private static List<(string When, string Points)> Rows(ScoreDefinition score) => [.. score.Rows.Select(row => (Wording.Of(row.Condition), Wording.Of(row.Points)))];

    private static string Round(ScoreDefinition score) => score.Round is { } round ? Wording.Of(round) : "none";

    private static string Text(string text) => text.Length > 0 ? text : "none";
}
