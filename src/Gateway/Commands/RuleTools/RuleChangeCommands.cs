using System.CommandLine;
using System.Text;
using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Control;
using IoTGateway.Hosting;
using IoTGateway.Queue.Files;
using IoTGateway.Rules;

namespace IoTGateway.Commands.RuleTools;

/// <summary><c>rules plan</c>, <c>approve</c>, <c>refuse</c>, <c>rollback</c> and <c>versions</c>: which rules are in force, and what others would do.</summary>
internal static class RuleChangeCommands
{
    private const int ShownVersionLength = 12;

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Create() => [CreatePlan(), CreateApprove(), CreateRefuse(), CreateRollBack(), CreateVersions()];

    /// <summary>The rules in the log of a stopped or running gateway.</summary>
    /// <exception cref="UserErrorException">There is no log, or this version cannot read it.</exception>
    public static RulesInLog LogOf(string dataDirectory)
    {
        try
        {
            return RulesInLog.Open(DataLayout.Log(dataDirectory), new RealDisk(), () => new RuleEngine());
        }
        catch (DirectoryNotFoundException)
        {
            throw new UserErrorException($"There is no gateway data in {Path.GetFullPath(dataDirectory)}; name the directory with --data.");
        }
        catch (InvalidDataException failure)
        {
            throw new UserErrorException($"The data in {Path.GetFullPath(dataDirectory)} cannot be read by this version: {failure.Message}", failure);
        }
    }

    private static Command CreatePlan()
    {
        var (data, directory) = (QueueCommands.RequiredData(), CommonOptions.Rules());
        var paths = new Argument<string[]>("PATH") { Description = "Rule files or directories (default: --rules, else the set that waits, else the shipped rules).", Arity = ArgumentArity.ZeroOrMore };
        var plan = new Command("plan", "What rules would do to the alerts that stand now. Changes nothing; the gateway may run or not.") { paths, directory, data };
        plan.SetAction(parsed => Plan(parsed.GetRequiredValue(data), parsed.GetValue(paths) is { Length: > 0 } given ? given : parsed.GetValue(directory) is { } one ? [one] : []));
        return plan;
    }

    private static Command CreateApprove()
    {
        var data = QueueCommands.RequiredData();
        var approve = new Command("approve", "Put the rule set that waits into force.") { data };
        approve.SetAction((parsed, cancellation) => AskAsync(parsed.GetRequiredValue(data), "approve", "", cancellation));
        return approve;
    }

    private static Command CreateRefuse()
    {
        var data = QueueCommands.RequiredData();
        var refuse = new Command("refuse", "Drop the rule set that waits; the rules in force stay until the files change.") { data };
        refuse.SetAction((parsed, cancellation) => AskAsync(parsed.GetRequiredValue(data), "refuse", "", cancellation));
        return refuse;
    }

    private static Command CreateRollBack()
    {
        var data = QueueCommands.RequiredData();
        var version = new Argument<string>("VERSION") { Description = "The beginning of a version that rules versions lists." };
        var rollBack = new Command("rollback", "Put an older rule set into force, until the files change.") { version, data };
        rollBack.SetAction((parsed, cancellation) => AskAsync(parsed.GetRequiredValue(data), "rollback", parsed.GetRequiredValue(version), cancellation));
        return rollBack;
    }

    private static Command CreateVersions()
    {
        var (data, format) = (QueueCommands.RequiredData(), CommonOptions.Format("table", "csv", "json"));
        var versions = new Command("versions", "The rule sets of the log and what became of them, oldest first.") { data, format };
        versions.SetAction(parsed =>
        {
            Write([.. LogOf(parsed.GetRequiredValue(data)).History.Records.Select(step => step.Record)], parsed.GetRequiredValue(format));
            return ExitCode.Fine;
        });
        return versions;
    }

    private static int Plan(string dataDirectory, IReadOnlyCollection<string> paths)
    {
        var log = LogOf(dataDirectory);
        if (Candidate(log, paths) is not { } candidate)
        {
            return ExitCode.Failed;
        }

        if (log.Plan(candidate) is not { } plan)
        {
            Console.Out.WriteLine("No rules are in force: these would come into force as they are.");
            return ExitCode.Fine;
        }

        Console.Out.WriteLine(plan.ToText());
        if (!plan.NeedsApproval)
        {
            Console.Out.WriteLine("They would come into force without approval.");
        }

        return ExitCode.Fine;
    }

    private static RuleSet? Candidate(RulesInLog log, IReadOnlyCollection<string> paths)
    {
        if (paths.Count == 0 && log.History.Waiting is { } waiting)
        {
            return RulesInLog.Compile(waiting) ?? throw new UserErrorException("This version of the gateway does not accept the rule set that waits.");
        }

        var result = RuleSetLoader.Load(RuleFiles.Read(paths.Count > 0 ? paths : [new Configuration.GatewayOptions().RulesDirectory]));
        foreach (var diagnostic in result.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return result.Rules;
    }

    private static async Task<int> AskAsync(string dataDirectory, string what, string version, CancellationToken cancellation)
    {
        using var client = new ControlClient(dataDirectory);
        var answer = await client.AskOfRulesAsync(what, new ControlRequest { By = Environment.UserName, Version = version }, cancellation);
        (answer.Done ? Console.Out : Console.Error).WriteLine(answer.Message);
        return answer.Done ? ExitCode.Fine : ExitCode.Failed;
    }

    private static void Write(IReadOnlyList<RuleSetRecord> steps, string format)
    {
        if (format == "json")
        {
            Console.Out.WriteLine(Json(steps));
            return;
        }

        var separator = format == "csv" ? "," : "  ";
        Console.Out.WriteLine(string.Join(separator, Row(format, "time", "step", "version", "by")));
        foreach (var step in steps)
        {
            Console.Out.WriteLine(string.Join(separator, Row(format, step.At.ToString(), Word(step.Step), Short(step.RuleSetVersion), step.By)).TrimEnd());
        }
    }

    private static string[] Row(string format, string time, string step, string version, string by) =>
        format == "csv" ? [time, step, version, by] : [time.PadRight(24), step.PadRight(13), version.PadRight(ShownVersionLength), by];

    private static string Json(IReadOnlyList<RuleSetRecord> steps)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var step in steps)
            {
                json.WriteStartObject();
                json.WriteString("time", step.At.ToString());
                json.WriteString("step", Word(step.Step));
                json.WriteString("version", step.RuleSetVersion);
                json.WriteString("by", step.By);
                json.WriteString("insteadOf", step.InsteadOf);
                json.WriteString("why", step.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Short(string version) => version.Length > ShownVersionLength ? version[..ShownVersionLength] : version;

    private static string Word(RuleSetStep step) => step switch
    {
        RuleSetStep.InForce => "in force",
        RuleSetStep.Waits => "waits",
        RuleSetStep.Approved => "approved",
        RuleSetStep.Refused => "refused",
        RuleSetStep.RolledBack => "rolled back",
        RuleSetStep.FilesInvalid => "files invalid",
        _ => "files valid",
    };
}
