using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Archive;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>alerts history</c>: the alerts that were, from the archive of a running or stopped gateway, newest first.</summary>
internal static class AlertsHistoryCommand
{
    private const int PageSize = 1_000;

    private static readonly string[] Columns = ["Raised", "Ended", "Ward", "Bed", "Patient", "Alert", "Priority", "Kind", "Acknowledged", "By", "Note", "Reason", "Episode"];

    public static Command Create(TimeProvider clock)
    {
        var data = QueueCommands.RequiredData();
        var from = CommonOptions.Time("--from", "Alerts that stood at this time or later (default: 24 h ago).");
        var to = CommonOptions.Time("--to", "Alerts that were raised before this time (default: now).");
        var ward = new Option<string?>("--ward") { Description = "Only those of this ward.", HelpName = "WARD" };
        var patient = new Option<string?>("--patient") { Description = "Only those of this patient.", HelpName = "PATIENT" };
        var format = CommonOptions.Format("table", "csv", "json");
        var history = new Command("history", "The alerts that were, newest first, from the archive of a running or stopped gateway.") { data, from, to, ward, patient, format };
        history.SetAction(async (parsed, cancellation) =>
        {
            var now = Instant.Now(clock);
            var filter = new EpisodeFilter
            {
                From = parsed.GetValue(from) ?? now - TimeSpan.FromDays(1),
                To = parsed.GetValue(to) ?? now,
                Ward = parsed.GetValue(ward),
                Patient = parsed.GetValue(patient),
                AtMost = PageSize,
            };
            return await ListAsync(parsed.GetRequiredValue(data), filter, parsed.GetRequiredValue(format), clock, cancellation);
        });
        return history;
    }

    private static async Task<int> ListAsync(string dataDirectory, EpisodeFilter filter, string format, TimeProvider clock, CancellationToken cancellation)
    {
        var directory = DataLayout.Archive(dataDirectory);
        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"There is no archive in {Path.GetFullPath(directory)}; name the gateway's data directory with --data, and see that Archive:Enabled is not off.");
        }

        using var archive = new ArchiveReader(directory, TimeZoneInfo.Utc, clock);
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        var table = new Table().AddColumns(Columns);
        if (format == "csv")
        {
            await output.WriteLineAsync(string.Join(',', Columns).ToLowerInvariant());
        }

        for (IReadOnlyList<ArchivedEpisode> page = []; ; filter = filter with { BeforeEpisodeNumber = page[^1].Number })
        {
            page = await archive.EpisodesAsync(filter, cancellation);
            foreach (var episode in page)
            {
                switch (format)
                {
                    case "json":
                        await output.WriteLineAsync(Json(episode));
                        break;
                    case "csv":
                        await output.WriteLineAsync(string.Join(',', Fields(episode).Select(QueueListCommand.Csv)));
                        break;
                    default:
                        table.AddRow([.. Fields(episode).Select(Markup.Escape)]);
                        break;
                }
            }

            if (page.Count < filter.AtMost)
            {
                break;
            }
        }

        if (format == "table")
        {
            TableOutput.Write(table);
        }

        return ExitCode.Fine;
    }

    /// <summary>In the order of the columns; empty where there is nothing.</summary>
    private static string[] Fields(ArchivedEpisode episode)
    {
        var last = episode.Last;
        return
        [
            episode.Raised.ToString(), episode.Ended?.ToString() ?? "", last.Ward, last.Bed, last.Patient, last.Alert, WordOf(episode.Highest), WordOf(last.Kind),
            episode.FirstAcknowledged?.ToString() ?? "", last.Acknowledgement?.By ?? "", last.Acknowledgement?.Note ?? "", last.Reason, last.Episode,
        ];
    }

    /// <summary>One JSON object a line, as <c>queue dump</c> prints; what there is nothing of is left out.</summary>
    private static string Json(ArchivedEpisode episode)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Columns.Zip(Fields(episode)))
            {
                if (value.Length > 0)
                {
                    writer.WriteString(name.ToLowerInvariant(), value);
                }
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string WordOf(AlertPriority priority) => priority.ToString().ToLowerInvariant();

    private static string WordOf(AlertKind kind) => kind.ToString().ToLowerInvariant();
}
