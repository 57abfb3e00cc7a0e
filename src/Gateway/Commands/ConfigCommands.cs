using System.CommandLine;
using IoTGateway.Census;
using IoTGateway.Commands.RuleTools;
using IoTGateway.Configuration;
using IoTGateway.Hosting;
using IoTGateway.Notifications.Files;
using IoTGateway.Rules;

namespace IoTGateway.Commands;

/// <summary><c>config …</c>: check everything that is configured before the gateway runs with it.</summary>
internal static class ConfigCommands
{
    public static Command Create() => new("config", "Check the configuration.") { CreateCheck() };

    private static Command CreateCheck()
    {
        var config = CommonOptions.Config();
        var (data, rules, census) = (CommonOptions.Data(), CommonOptions.Rules(), CommonOptions.Census());
        var (roster, notifications) = (CommonOptions.Roster(), CommonOptions.Notifications());
        var check = new Command("check", "Check settings, rules, census, roster and notification rules together: every error with file, line and column.")
        {
            config, data, rules, census, roster, notifications,
        };
        check.SetAction(parsed => Check(ConfigurationLoader.Load(parsed.GetValue(config), new Dictionary<string, string?>
        {
            ["DataDirectory"] = parsed.GetValue(data),
            ["RulesDirectory"] = parsed.GetValue(rules),
            ["CensusFile"] = parsed.GetValue(census),
            ["RosterFile"] = parsed.GetValue(roster),
            ["NotificationsFile"] = parsed.GetValue(notifications),
        })));
        return check;
    }

    private static int Check(GatewayOptions options)
    {
        var ruleResult = RuleSetLoader.Load(RuleFiles.Read([options.RulesDirectory]));
        RulesCommands.Print(ruleResult.Diagnostics);
        var errors = ruleResult.Diagnostics.Count(diagnostic => diagnostic.IsError);
        IReadOnlyCollection<string> wards = [];
        if (options.CensusFile is { Length: > 0 } censusPath)
        {
            var census = CensusFile.Load(censusPath, Read(censusPath).Text, ruleResult.Rules?.Catalogue);
            foreach (var diagnostic in census.Diagnostics)
            {
                Console.Error.WriteLine(diagnostic);
            }

            errors += census.Census is null ? census.Diagnostics.Length : 0;
            wards = [.. census.Census?.Beds.Select(bed => bed.Ward).Distinct() ?? []];
        }

        var gaps = 0;
        if (options.HasNotifications)
        {
            (var wrong, gaps) = CheckNotifications(options, new KnownNames(ruleResult.Rules?.Rules, wards));
            errors += wrong;
        }

        if (errors > 0)
        {
            Console.Error.WriteLine($"{Counted(errors + gaps)}: the gateway would not take this as it is.");
            return ExitCode.Failed;
        }

        if (gaps > 0)
        {
            Console.Error.WriteLine($"{Counted(gaps)}: the gateway would take this, and say at /readyz that it is not ready.");
            return ExitCode.Failed;
        }

        Console.Out.WriteLine(options.HasNotifications
            ? "Settings, rules, census, roster and notification rules: no errors."
            : "Settings, rules and census: no errors. There is no roster: alerts are told by the board and MQTT alone.");
        return ExitCode.Fine;
    }

    private static string Counted(int errors) => errors == 1 ? "1 error" : FormattableString.Invariant($"{errors} errors");

    /// <summary>How many errors keep the files from coming into force, and how many tell of an alert that would reach nobody.</summary>
    private static (int Wrong, int Gaps) CheckNotifications(GatewayOptions options, KnownNames known)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Site.TimeZone);
        var result = NotificationFiles.Load(Read(options.RosterFile!), Read(options.NotificationsFile!), zone, known, withSecrets: true);
        RulesCommands.Print(result.Diagnostics);
        IReadOnlyList<Diagnostic> gaps = result.Plan is { } plan ? NotificationFiles.FindGaps(plan, known) : [];
        RulesCommands.Print(gaps);
        return (result.Diagnostics.Count(diagnostic => diagnostic.IsError), gaps.Count(diagnostic => diagnostic.IsError));
    }

    private static RuleFile Read(string path)
    {
        try
        {
            return new RuleFile(path, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
