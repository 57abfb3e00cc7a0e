using System.CommandLine;
using IoTGateway.Hosting;
using IoTGateway.Rules;

namespace IoTGateway.Commands;

/// <summary><c>rules check</c> and <c>rules backtest</c>: try rule files before they are in force.</summary>
internal static class RulesCommands
{
    public static Command Create()
    {
        var rules = new Command("rules", "Check and try rule files.");
        rules.Add(CreateCheck());
        rules.Add(CreateBacktest());
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

    private static Command CreateBacktest()
    {
        var directory = CommonOptions.Rules();
        var format = CommonOptions.Format("table", "csv", "json");
        var recording = new Argument<string>("FILE.csv") { Description = "A recording with the columns time_s,patient,metric,value." };
        var backtest = new Command("backtest", "Replay a recording through the rules and print each transition.") { recording, directory, format };
        backtest.SetAction(parsed => RunBacktest(
            parsed.GetRequiredValue(recording), DirectoryOf(parsed.GetValue(directory)), Enum.Parse<BacktestFormat>(parsed.GetRequiredValue(format), ignoreCase: true)));
        return backtest;
    }

    private static string DirectoryOf(string? given) => given ?? new Configuration.GatewayOptions().RulesDirectory;

    private static int Check(IReadOnlyCollection<string> paths)
    {
        var files = RuleFiles.Read(paths);
        var result = RuleSetLoader.Load(files);
        Print(result);
        if (result.Rules is not { } rules)
        {
            Console.Error.WriteLine($"{Count(result.Diagnostics.Count(diagnostic => diagnostic.IsError), "error")}: these rules would not be taken.");
            return ExitCode.Failed;
        }

        Console.Out.WriteLine($"{Count(rules.Rules.Length, "rule")} in {Count(files.Count, "file")}: no errors.");
        return ExitCode.Fine;
    }

    private static int RunBacktest(string recording, string directory, BacktestFormat format)
    {
        var result = RuleSetLoader.Load(RuleFiles.Read([directory]));
        Print(result);
        if (result.Rules is not { } rules)
        {
            throw new UserErrorException($"The rules in {directory} have errors; mend them first.");
        }

        try
        {
            using var reader = new StreamReader(recording);
            var summary = Backtest.Run(rules, reader, recording, Console.Out, format);
            summary.Write(Console.Error);
            return summary.Errors.IsEmpty ? ExitCode.Fine : ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The recording {recording} cannot be read: {failure.Message}", failure);
        }
    }

    private static void Print(RuleSetResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }
    }

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
