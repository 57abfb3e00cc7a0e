using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Control;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>alerts list</c>, <c>ack</c>, <c>silence</c> and <c>history</c>: which alerts stand or have been, and what a person at this machine does to them.</summary>
internal static class AlertsCommands
{
    public static Command Create()
    {
        var alerts = new Command("alerts", "List the alerts that stand or have been, acknowledge or silence one.");
        alerts.Add(CreateList());
        alerts.Add(CreateAcknowledge());
        alerts.Add(CreateSilence());
        alerts.Add(AlertsHistoryCommand.Create(TimeProvider.System));
        return alerts;
    }

    private static Command CreateList()
    {
        var (data, format) = (QueueCommands.RequiredData(), CommonOptions.Format("table", "csv", "json"));
        var ward = new Option<string?>("--ward") { Description = "Only this ward.", HelpName = "WARD" };
        var list = new Command("list", "The alerts that stand: those of the running gateway, or those a stopped one has left.") { ward, data, format };
        list.SetAction(async (parsed, cancellation) =>
        {
            var directory = parsed.GetRequiredValue(data);
            using var client = new ControlClient(directory);
            var rows = await client.TryListAlertsAsync(cancellation) ?? OfStopped(directory);
            var shown = parsed.GetValue(ward) is { } one ? [.. rows.Where(row => row.Ward == one)] : rows;
            Write(shown, parsed.GetRequiredValue(format));
            return ExitCode.Fine;
        });
        return list;
    }

    private static Command CreateAcknowledge()
    {
        var (alert, episode, data) = (Alert(), Episode(), QueueCommands.RequiredData());
        var note = new Option<string>("--note") { Description = "What others shall know.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var acknowledge = new Command("ack", "Acknowledge an alert: somebody has taken it up.") { alert, episode, note, data };
        acknowledge.SetAction((parsed, cancellation) => AskAsync(
            parsed.GetRequiredValue(data),
            "ack",
            new ControlRequest
            {
                Alert = parsed.GetRequiredValue(alert),
                Episode = parsed.GetRequiredValue(episode),
                Reason = parsed.GetRequiredValue(note),
            },
            cancellation));
        return acknowledge;
    }

    private static Command CreateSilence()
    {
        var (alert, episode, data) = (Alert(), Episode(), QueueCommands.RequiredData());
        var span = new Option<TimeSpan>("--for")
        {
            Description = "For how long, for example 90s, 15min, 4h.",
            HelpName = "TIME",
            Required = true,
            CustomParser = result =>
            {
                if (TimeSpanText.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    return parsed;
                }

                result.AddError($"--for '{result.Tokens[0].Value}' is not a time such as 90s, 15min or 4h.");
                return default;
            },
        };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var silence = new Command("silence", "Silence an alert for a time: it is shown, but calls nobody.") { alert, episode, span, reason, data };
        silence.SetAction((parsed, cancellation) => AskAsync(
            parsed.GetRequiredValue(data),
            "silence",
            new ControlRequest
            {
                Alert = parsed.GetRequiredValue(alert),
                Episode = parsed.GetRequiredValue(episode),
                Reason = parsed.GetRequiredValue(reason),
                For = parsed.GetValue(span),
            },
            cancellation));
        return silence;
    }

    private static Argument<string> Alert() => new("ALERT") { Description = "Its id, as alerts list shows it, for example p1:spo2-low." };

    private static Argument<string> Episode() => new("EPISODE") { Description = "The episode that alerts list shows: a later one has to be looked at first." };

    private static IReadOnlyList<AlertRow> OfStopped(string directory)
    {
        var ledger = new AlertLedger();
        try
        {
            LogSnapshot.Open(DataLayout.Log(directory), new RealDisk(), ledger);
        }
        catch (DirectoryNotFoundException)
        {
            throw new UserErrorException($"There is no gateway data in {Path.GetFullPath(directory)}; name the directory with --data.");
        }
        catch (InvalidDataException failure)
        {
            throw new UserErrorException($"The data in {Path.GetFullPath(directory)} cannot be read by this version: {failure.Message}", failure);
        }

        return AlertRow.Of(ledger.Alerts);
    }

    private static async Task<int> AskAsync(string directory, string what, ControlRequest request, CancellationToken cancellation)
    {
        using var client = new ControlClient(directory);
        var answer = await client.AskOfAlertsAsync(what, request with { By = Environment.UserName }, cancellation);
        (answer.Done ? Console.Out : Console.Error).WriteLine(answer.Message);
        return answer.Done ? ExitCode.Fine : ExitCode.Failed;
    }

    private static void Write(IReadOnlyList<AlertRow> rows, string format)
    {
        switch (format)
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(rows, ControlJson.Default.IReadOnlyListAlertRow));
                break;
            case "csv":
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    output.WriteLine("id,episode,ward,bed,patient,alert,priority,kind,state,since,value,limit,calls,acknowledged_by,silenced_until,suppressed_by,hold,reason");
                    foreach (var row in rows)
                    {
                        string[] fields =
                        [
                            row.Id, row.Episode, row.Ward, row.Bed, row.Patient, row.Alert, row.Priority, row.Kind, row.State, Time(row.Since), row.Value, row.Limit,
                            row.Calls ? "true" : "false", row.AcknowledgedBy ?? "", row.SilencedUntil is { } until ? Time(until) : "", row.SuppressedBy ?? "", row.Hold ?? "", row.Reason,
                        ];
                        output.WriteLine(string.Join(',', fields.Select(QueueListCommand.Csv)));
                    }
                }

                break;
            default:
                var table = new Table().AddColumns("Ward", "Bed", "Alert", "Priority", "State", "Since", "Calls", "Id", "Episode", "Reason");
                foreach (var row in rows)
                {
                    table.AddRow(
                        [.. new[] { row.Ward, row.Bed, row.Alert, row.Priority, row.State, Time(row.Since), Calls(row), row.Id, row.Episode, row.Reason }.Select(Markup.Escape)]);
                }

                TableOutput.Write(table);
                break;
        }
    }

    private static string Calls(AlertRow row) =>
        row.Calls ? "yes"
        : row.AcknowledgedBy is { } by ? $"acknowledged by {by}"
        : row.SilencedUntil is { } until ? $"silenced until {Time(until)}"
        : row.SuppressedBy is { } other ? $"held back by {other}"
        : row.Hold ?? "no";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
