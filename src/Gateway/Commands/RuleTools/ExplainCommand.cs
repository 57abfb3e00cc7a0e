using System.CommandLine;
using IoTGateway.Configuration;
using IoTGateway.Readings;

namespace IoTGateway.Commands.RuleTools;

/// <summary><c>rules explain PATIENT ALERT</c>: why an alert is or is not raised, from the log of a stopped or running gateway.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var data = QueueCommands.RequiredData();
        var patient = new Argument<string>("PATIENT") { Description = "The patient's id; of a device at no bed its name." };
        var alert = new Argument<string>("ALERT") { Description = "The alert's name, or the name in its topic." };
        var at = new Option<string?>("--at") { Description = "As of this time instead of the last input. ISO 8601; UTC without an offset.", HelpName = "TIME" };
        at.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<string?>() is { } text && StartPlace.Time(text) is null)
            {
                parsed.AddError($"--at '{text}' is not a time such as 2026-11-22T12:00:00Z.");
            }
        });
        var explain = new Command("explain", "Why an alert of a patient is or is not raised: its condition with the values it had.") { patient, alert, at, data };
        explain.SetAction(parsed => Explain(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(patient),
            parsed.GetRequiredValue(alert),
            parsed.GetValue(at) is { } text && StartPlace.Time(text) is { } time ? Instant.From(time) : null));
        return explain;
    }

    private static int Explain(string dataDirectory, string patient, string alert, Instant? at)
    {
        if (RuleChangeCommands.LogOf(dataDirectory).Explain(patient, alert, at, out var isWhole) is not { } explanation)
        {
            throw new UserErrorException($"The rules know no patient '{patient}' with an alert '{alert}'{(at is null ? "" : " at that time")}.");
        }

        if (!isWhole)
        {
            Console.Error.WriteLine("No saved state of the rules is old enough: they began anew at the oldest record that is kept, and know nothing of what was before.");
        }

        Console.Out.WriteLine(ExplanationPrinter.Print(explanation));
        return ExitCode.Fine;
    }
}
