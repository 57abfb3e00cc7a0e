using System.CommandLine;
using IoTGateway.Hosting;
using IoTGateway.Rules;

namespace IoTGateway.Commands.RuleTools;

/// <summary><c>rules test</c>: plays the scenario files that stand beside the rules.</summary>
internal static class RulesTestCommand
{
    /// <summary>Who plays a few scenarios of a large rule set wants to see what became of them.</summary>
    private const int UncoveredAtMost = 10;

    public static Command Create()
    {
        var directory = CommonOptions.Rules();
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Rule and scenario files (*.test.yaml), or directories of them (default: --rules). Without a rule file among them: the rules of --rules, else those beside the scenarios.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var strict = new Option<bool>("--strict") { Description = "Fail also if anything that the rules say is not shown by any scenario: the end of the output lists it." };
        var format = CommonOptions.Format("table", "json");
        var test = new Command("test", "Play the scenarios beside the rules and tell what went otherwise than expected, and what no scenario shows.") { paths, directory, strict, format };
        test.SetAction(parsed => Run(
            parsed.GetValue(paths) ?? [], parsed.GetValue(directory), parsed.GetValue(strict), parsed.GetRequiredValue(format)));
        return test;
    }

    private static int Run(string[] given, string? directory, bool isStrict, string format)
    {
        string[] paths = given.Length > 0 ? given : [RulesCommands.DirectoryOf(directory)];
        var scenarios = RuleFiles.ReadScenarios(paths);
        if (scenarios.Count == 0)
        {
            throw new UserErrorException($"There is no scenario file (*.test.yaml) in {string.Join(", ", paths)}; docs/rules.md says how to write one.");
        }

        var result = RuleSetLoader.Load(RuleFiles.Read(RulesOf(paths, directory)));
        RulesCommands.Print(result.Diagnostics);
        if (result.Rules is not { } rules)
        {
            throw new UserErrorException("The rules have errors; mend them first.");
        }

        var report = ScenarioTests.Run(rules, scenarios);
        if (format == "json")
        {
            ScenarioReportJson.Write(report, Console.Out);
        }
        else
        {
            report.Write(Console.Out, isStrict ? int.MaxValue : UncoveredAtMost);
        }

        return report.IsPassed && (!isStrict || report.IsCoverageFull) ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>The rules that are tested: those named, else the directory of <c>--rules</c>, else those that stand beside the scenarios.</summary>
    private static string[] RulesOf(string[] paths, string? directory)
    {
        if (RuleFiles.Find(paths).Count > 0)
        {
            return paths;
        }

        string[] beside = [.. RuleFiles.FindScenarios(paths).Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!).Distinct()];
        return directory is null && RuleFiles.Find(beside).Count > 0 ? beside : [RulesCommands.DirectoryOf(directory)];
    }
}
