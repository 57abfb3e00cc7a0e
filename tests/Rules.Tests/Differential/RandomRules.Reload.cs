using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

internal sealed partial class RandomRules
{
    /// <summary>What somebody might make of a set: one to three changes, or none.</summary>
    public RuleSetSketch Edited(RuleSetSketch set)
    {
        for (var count = random.Next(4); count > 0; count--)
        {
            var edited = Edit(set);
            set = edited.IsSound ? edited : set;
        }

        // A name that stood before is said once only: the next edit has nothing to do with it.
        return set;
    }

    private RuleSetSketch Edit(RuleSetSketch set)
    {
        var place = random.Next(set.Rules.Length);
        var rule = set.Rules[place];
        switch (random.Next(13))
        {
            case 0:
                return Changed(rule with { Levels = [.. rule.Levels.Select(level => RuleSketch.Level(level.Priority, OtherNumber(level.When), level.For))] });
            case 1:
                return Changed(rule with { Levels = [.. rule.Levels.Select(level => level with { For = Delay(Delays) })] });
            case 2:
                return Changed(rule with { ClearAfter = Delay(ClearDelays) });
            case 3:
                return Changed(rule with { ClearWhen = rule.ClearWhen is null ? rule.Levels[0].When is var when ? Expressions.Not(when) : null : null });
            case 4:
                return Changed(rule with { Levels = Prioritized(rule) });
            case 5:
                return Changed(rule with { OnlyIn = OnlyIn() });
            case 6:
                return Changed(rule with { SuppressedBy = [.. set.Rules.Where(other => other != rule && Chance(4)).Select(other => other.Name)] });
            case 7:
                return set with { Rules = set.Rules.RemoveAt(place) };
            case 8:
                return set with { Rules = set.Rules.Insert(place, Rule(set)) };
            case 9:
                return set with { Rules = set.Rules.RemoveAt(place).Insert(random.Next(set.Rules.Length), rule) };
            case 10:
                return Renamed(set, rule);
            case 11:
                var limit = random.Next(set.Limits.Length);
                return set with { Limits = set.Limits.SetItem(limit, set.Limits[limit] with { Value = Pick(Numbers) }) };
            default:
                return rule.Levels.Length > 1
                    ? Changed(rule with { Levels = rule.Levels.RemoveAt(random.Next(rule.Levels.Length)) })
                    : Changed(Rule(set with { Rules = [] }) with { Name = rule.Name });
        }

        RuleSetSketch Changed(RuleSketch other) => set with { Rules = set.Rules.SetItem(place, other) };
    }

    private Expression OtherNumber(Expression condition)
    {
        var changed = false;
        return Expressions.Map(condition, part =>
        {
            if (changed || part is not NumberExpression)
            {
                return null;
            }

            changed = true;
            return Expressions.Number(Pick(Numbers));
        });
    }

    private ImmutableArray<LevelDefinition> Prioritized(RuleSketch rule)
    {
        var priorities = Enum.GetValues<AlertPriority>().ToList();
        while (priorities.Count > rule.Levels.Length)
        {
            priorities.RemoveAt(random.Next(priorities.Count));
        }

        return [.. rule.Levels.Zip(priorities, (level, priority) => level with { Priority = priority })];
    }

    /// <summary>The rule has another name, everywhere, and says what it was called.</summary>
    private RuleSetSketch Renamed(RuleSetSketch set, RuleSketch renamed)
    {
        var name = $"R{++_alerts}";
        return set with
        {
            Rules =
            [
                .. set.Rules.Select(rule => (rule == renamed ? rule with { Name = name, Was = [rule.Name] } : rule with
                {
                    SuppressedBy = [.. rule.SuppressedBy.Select(other => other == renamed.Name ? name : other)],
                }).Map(condition => Expressions.Map(
                    condition, part => part is AlertActiveExpression it && it.Alert == renamed.Name ? Expressions.IsActive(name, it.Not) : null))),
            ],
        };
    }
}
