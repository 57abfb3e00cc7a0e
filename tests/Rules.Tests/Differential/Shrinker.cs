using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Takes away from a case whatever the difference does not need.</summary>
internal static class Shrinker
{
    /// <summary>A smaller case that still differs, and how; it looks at no more cases than given.</summary>
    public static (DifferentialCase Case, Difference Difference) Shrink(DifferentialCase failing, Difference difference, int attempts = 4_000)
    {
        var (best, found) = (failing with { Inputs = failing.Inputs[..(difference.Input + 1)] }, difference);
        var improved = true;
        while (improved)
        {
            improved = false;
            foreach (var smaller in Smaller(best))
            {
                if (SizeOf(smaller) >= SizeOf(best))
                {
                    continue;
                }

                if (--attempts < 0)
                {
                    return (best, found);
                }

                if (Differs(smaller) is { } still)
                {
                    (best, found, improved) = (smaller with { Inputs = smaller.Inputs[..(still.Input + 1)] }, still, true);
                    break;
                }
            }
        }

        return (best, found);
    }

    private static Difference? Differs(DifferentialCase smaller) => smaller.Sets.All(set => set.IsSound) ? smaller.Run(out _) : null;

    private static IEnumerable<DifferentialCase> Smaller(DifferentialCase large) =>
        FewerInputs(large).Concat(FewerValues(large)).Concat(Sets(large)).Concat(FewerInputs(large, one: true));

    private static IEnumerable<DifferentialCase> FewerInputs(DifferentialCase large, bool one = false)
    {
        // The first input loads the rules, the last is where they differ: both stay.
        for (var size = one ? 1 : large.Inputs.Length / 2; size >= (one ? 1 : 4); size /= 2)
        {
            for (var at = 1; at < large.Inputs.Length - 1; at += size)
            {
                yield return large with { Inputs = large.Inputs.RemoveRange(at, Math.Min(size, large.Inputs.Length - 1 - at)) };
            }
        }
    }

    private static IEnumerable<DifferentialCase> FewerValues(DifferentialCase large) =>
        from place in Enumerable.Range(0, large.Inputs.Length)
        where large.Inputs[place] is ReadingInput { Values.Length: > 1 }
        let reading = (ReadingInput)large.Inputs[place]
        from value in Enumerable.Range(0, reading.Values.Length)
        select large with { Inputs = large.Inputs.SetItem(place, reading with { Values = reading.Values.RemoveAt(value) }) };

    /// <summary>The same change in all sets at once; rules are the same by name.</summary>
    private static IEnumerable<DifferentialCase> Sets(DifferentialCase large)
    {
        foreach (var name in large.Sets.SelectMany(set => set.Rules).Select(rule => rule.Name).Distinct(StringComparer.Ordinal))
        {
            yield return Each(set => set with { Rules = set.Rules.RemoveAll(rule => rule.Name == name) });
            yield return Rule(name, rule => rule with { SuppressedBy = [] });
            yield return Rule(name, rule => rule with { OnlyIn = Definitions.Applicability.Everybody });
            yield return Rule(name, rule => rule with { ClearWhen = null });
            yield return Rule(name, rule => rule with { ClearAfter = TimeSpan.Zero });
            yield return Rule(name, rule => rule with { Levels = [.. rule.Levels.Select(level => level with { For = TimeSpan.Zero })] });
            for (var level = 0; level < 3; level++)
            {
                yield return Rule(name, rule => rule.Levels.Length > 1 && level < rule.Levels.Length ? rule with { Levels = rule.Levels.RemoveAt(level) } : rule);
            }
        }

        foreach (var condition in large.Sets.SelectMany(set => set.Rules).SelectMany(rule => rule.Conditions).SelectMany(Expressions.PartsOf).Distinct())
        {
            foreach (var part in Expressions.OperandsOf(condition).Where(part => Expressions.IsCondition(part) == Expressions.IsCondition(condition)))
            {
                yield return Each(set => set with
                {
                    Rules = [.. set.Rules.Select(rule => rule.Map(whole => Expressions.Map(whole, found => found == condition ? part : null)))],
                });
            }
        }

        foreach (var name in large.Sets.SelectMany(set => set.Derived).Select(derived => derived.Name).Distinct(StringComparer.Ordinal))
        {
            yield return Each(set => set with { Derived = set.Derived.RemoveAll(derived => derived.Name == name) });
        }

        yield return Each(set => set with { Overrides = [] });
        yield return Each(set => set with { Overrides = [.. set.Overrides.Select(it => it with { Uses = [] })] });

        DifferentialCase Each(Func<RuleSetSketch, RuleSetSketch> change) => large with { Sets = [.. large.Sets.Select(change)] };
        DifferentialCase Rule(string name, Func<RuleSketch, RuleSketch> change) =>
            Each(set => set with { Rules = [.. set.Rules.Select(rule => rule.Name == name ? change(rule) : rule)] });
    }

    /// <summary>How much a person has to read.</summary>
    private static int SizeOf(DifferentialCase it) =>
        it.Inputs.Sum(input => 10 + (input is ReadingInput reading ? reading.Values.Length : 0))
        + it.Sets.Sum(set => RuleSetText.Of(set).Replace(", for: 0 s", "", StringComparison.Ordinal).Length);
}
