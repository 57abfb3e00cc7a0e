using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Evaluation;
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
        var (scenarios, unplayable, diagnostics) = Read(rules, files);
        var coverage = new Coverage(rules);
        var outcomes = scenarios.Select(scenario => Play(scenario, rules, newEngine, coverage)).ToImmutableArray();
        return new ScenarioReport { Diagnostics = diagnostics, Unplayable = unplayable, Scenarios = outcomes, Coverage = coverage.Items() };
    }

    /// <summary>Only reads the files: what is wrong with them, without playing anything.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="files">The scenario files.</param>
    public static ImmutableArray<Diagnostic> Check(RuleSet rules, IReadOnlyCollection<RuleFile> files)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(files);
        return Read(rules, files).Diagnostics;
    }

    private static (List<Scenario> Scenarios, int Unplayable, ImmutableArray<Diagnostic> Diagnostics) Read(RuleSet rules, IReadOnlyCollection<RuleFile> files)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new ScenarioReader(rules, diagnostics);
        var scenarios = files.OrderBy(file => file.Name, StringComparer.Ordinal).SelectMany(reader.Read).ToList();
        return (scenarios, reader.Unplayable, diagnostics.Sorted());
    }

    private static ScenarioOutcome Play(Scenario scenario, RuleSet rules, Func<IRuleEngine> newEngine, Coverage coverage)
    {
        var engine = newEngine();
        var player = new ScenarioPlayer(scenario, rules, engine);
        var values = new Dictionary<ValueExpectation, ExplanationNode>();
        var expected = scenario.Expectations.Select(expectation => expectation.Rule).Distinct().ToList();
        var before = new List<SignalValue>();
        var transitions = -1;
        player.AfterMoment = (time, sent) =>
        {
            // The same values as before, of which nothing comes, show nothing new.
            if (!sent.SequenceEqual(before) || player.Transitions != transitions)
            {
                before = [.. sent];
                transitions = player.Transitions;
                coverage.Limits.Observe(engine, scenario.Patient.Patient, expected);
            }

            foreach (var value in scenario.Values.Where(value => value.At == time))
            {
                values[value] = engine.ExplainValue(scenario.Patient.Patient, value.Name)!;
            }
        };
        player.Play();

        List<ScenarioMiss> misses =
        [
            .. AlertMisses(scenario, rules, newEngine, player, coverage),
            .. ValueMisses(scenario, rules, newEngine, values, coverage),
            .. VainAcknowledgements(scenario, rules, newEngine, player),
        ];
        return new ScenarioOutcome(
            scenario.Name, scenario.File, scenario.Line, scenario.Expectations.Length + scenario.Values.Length, [.. misses.OrderBy(miss => miss.Line)]);
    }

    private static IEnumerable<ScenarioMiss> AlertMisses(Scenario scenario, RuleSet rules, Func<IRuleEngine> newEngine, ScenarioPlayer player, Coverage coverage)
    {
        foreach (var expectation in scenario.Expectations)
        {
            var history = player.Histories[expectation.Rule.Index];
            if (ExpectationCheck.Miss(expectation, history, scenario.End) is not var (found, at))
            {
                coverage.Add(expectation, history);
                continue;
            }

            var mismatch = rules.Definition.Rules[expectation.Rule.Index].OnlyIn.Mismatch(scenario.Patient);
            yield return new ScenarioMiss(
                expectation.Line, ExpectationCheck.InWords(expectation), mismatch is null ? found : $"{found}; this rule is not for this patient: {mismatch}",
                TimeLine.Draw(scenario, rules, newEngine(), expectation.Rule, at, history));
        }
    }

    private static IEnumerable<ScenarioMiss> ValueMisses(
        Scenario scenario, RuleSet rules, Func<IRuleEngine> newEngine, Dictionary<ValueExpectation, ExplanationNode> values, Coverage coverage)
    {
        var profile = new ResolvedProfile(rules.Definition, scenario.Patient);
        var check = new ValueCheck(rules, profile);
        foreach (var expectation in scenario.Values)
        {
            if (check.Miss(expectation, values[expectation]) is not { } found)
            {
                coverage.Scores.Observe(expectation.Name, values[expectation], profile);
                continue;
            }

            yield return new ScenarioMiss(
                expectation.Line, check.InWords(expectation), found, TimeLine.Draw(scenario, rules, newEngine(), expectation.Name, expectation.At));
        }
    }

    private static IEnumerable<ScenarioMiss> VainAcknowledgements(Scenario scenario, RuleSet rules, Func<IRuleEngine> newEngine, ScenarioPlayer player)
    {
        foreach (var (rule, time, line) in scenario.Acknowledgements)
        {
            var history = player.Histories[rule.Index];
            if (!history.Vain.Contains(time))
            {
                continue;
            }

            var moment = history.At(time);
            var found = moment.Shadow ? "nobody is told of it, as it is only tried" : moment.State == AlertState.Ended ? "it did not stand" : $"it was {moment}";
            yield return new ScenarioMiss(
                line, $"`{rule.Name}` to stand at {ScenarioTime.Format(time)}, so that it can be acknowledged", found,
                TimeLine.Draw(scenario, rules, newEngine(), rule, time, history));
        }
    }
}
