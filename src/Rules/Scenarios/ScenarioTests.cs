using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Scenarios;

namespace IoTGateway.Rules;

/// <summary>Plays scenario files through a rule set: each scenario in an engine of its own, its clock beginning at 0.</summary>
public static class ScenarioTests
{
    private static readonly string[] Endings = [".test.yaml", ".test.yml"];

    /// <summary>Whether a file is a scenario file by its name, and so no rule file.</summary>
    public static bool IsScenarioFile(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
    }

    /// <summary>Reads the files, plays their scenarios and holds them against what they expect.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="files">The scenario files.</param>
    public static ScenarioReport Run(RuleSet rules, IReadOnlyCollection<RuleFile> files) => Run(rules, files, () => new RuleEngine());

    /// <summary>The same with an engine of the caller's choice; one is asked for each time a scenario is played.</summary>
    public static ScenarioReport Run(RuleSet rules, IReadOnlyCollection<RuleFile> files, Func<IRuleEngine> newEngine)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(newEngine);
        var diagnostics = new DiagnosticBag();
        var reader = new ScenarioReader(rules, diagnostics);
        var scenarios = files.OrderBy(file => file.Name, StringComparer.Ordinal).SelectMany(reader.Read).ToList();
        var coverage = new Coverage(rules, rules.Definition.Derived.OfType<ScoreDefinition>());
        var outcomes = scenarios.Select(scenario => Play(scenario, rules, newEngine, coverage)).ToImmutableArray();
        return new ScenarioReport { Diagnostics = diagnostics.Sorted(), Scenarios = outcomes, Coverage = coverage.Items() };
    }

    private static ScenarioOutcome Play(Scenario scenario, RuleSet rules, Func<IRuleEngine> newEngine, Coverage coverage)
    {
        var engine = newEngine();
        var player = new ScenarioPlayer(scenario, rules, engine);
        var before = new List<SignalValue>();
        var transitions = -1;
        player.AfterMoment = (_, values) =>
        {
            // The same values as before, of which nothing comes, show nothing new.
            if (!values.SequenceEqual(before) || player.Transitions != transitions)
            {
                before = [.. values];
                transitions = player.Transitions;
                coverage.Observe(engine, scenario.Patient.Patient);
            }
        };
        player.Play();
        foreach (var rule in rules.Rules)
        {
            coverage.Add(rule, player.Histories[rule.Index]);
        }

        var misses = ImmutableArray.CreateBuilder<ScenarioMiss>();
        foreach (var expectation in scenario.Expectations)
        {
            var history = player.Histories[expectation.Rule.Index];
            if (ExpectationCheck.Miss(expectation, history, scenario.End) is var (found, at))
            {
                misses.Add(new ScenarioMiss(
                    expectation.Line, ExpectationCheck.InWords(expectation), found, TimeLine.Draw(scenario, rules, newEngine(), expectation.Rule, at, history)));
            }
        }

        return new ScenarioOutcome(scenario.Name, scenario.File, scenario.Line, scenario.Expectations.Length, misses.ToImmutable());
    }
}
