using System.CommandLine;
using IoTGateway.Hosting;
using IoTGateway.Rules;

namespace IoTGateway.Commands.RuleTools;

/// <summary><c>rules …</c>: check rules, and try rule files before they are in force.</summary>
internal static class RulesCommands
{
    public static Command Create()
    {
        var rules = new Command("rules", "Check and try rule files.");
        rules.Add(CreateCheck());
        rules.Add(RulesTestCommand.Create());
        rules.Add(RulesBacktestCommand.Create());
        rules.Add(ExplainCommand.Create());
        foreach (var command in RuleChangeCommands.Create())
        {
            rules.Add(command);
        }

        return rules;
    }

    private static Command CreateCheck()
    {
        var directory = CommonOptions.Rules();
        var paths = new Argument<string[]>("PATH") { Description = "Files or directories (default: --rules).", Arity = ArgumentArity.ZeroOrMore };
        var check = new Command("check", "Check rule files: every error with file, line and column.") { paths, directory };
        check.SetAction(parsed =>
        {
            var given = parsed.GetValue(paths) ?? [];
            return Check(given.Length > 0 ? given : [DirectoryOf(parsed.GetValue(directory))]);
        });
        return check;
    }

    public static string DirectoryOf(string? given) => given ?? new Configuration.GatewayOptions().RulesDirectory;

    private static int Check(IReadOnlyCollection<string> paths)
    {
        var files = RuleFiles.Read(paths);
        var scenarios = RuleFiles.ReadScenarios(paths);
        var result = RuleSetLoader.Load([.. files, .. scenarios]); // The scenarios tell which rules have none.
        Print(result.Diagnostics);
        if (result.Rules is not { } rules)
        {
            Console.Error.WriteLine($"{Count(result.Diagnostics.Count(diagnostic => diagnostic.IsError), "error")}: these rules would not be taken.");
            return ExitCode.Failed;
        }

        var mistakes = ScenarioTests.Check(rules, scenarios);
        Print(mistakes);
        var warnings = result.Diagnostics.Length + mistakes.Count(diagnostic => !diagnostic.IsError);
        Console.Out.WriteLine(
            $"{Count(rules.Rules.Length, "rule")} in {Count(files.Count, "file")}: no errors{(warnings == 0 ? "" : $", {Count(warnings, "warning")}")}.");
        Console.Out.WriteLine(StateSizeText.Of(rules));
        if (mistakes.Count(diagnostic => diagnostic.IsError) is > 0 and var errors)
        {
            Console.Error.WriteLine($"{Count(errors, "error")} in the scenario files: these scenarios would not be played.");
            return ExitCode.Failed;
        }

        return ExitCode.Fine;
    }

    /// <summary>The rules of a directory (or one file); what is wrong with them is printed.</summary>
    /// <exception cref="UserErrorException">They have errors.</exception>
    public static RuleSet LoadOrFail(string directory)
    {
        var result = RuleSetLoader.Load(RuleFiles.Read([directory]));
        Print(result.Diagnostics);
        return result.Rules ?? throw new UserErrorException($"The rules in {directory} have errors; mend them first.");
    }

    public static void Print(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }
    }

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
