using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Configuration;
using IoTGateway.Hosting;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Influx.History;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>store query</c>: a signal of a patient between two times as the board draws it, or the last value of each of his signals.</summary>
internal sealed class StoreQueryCommand
{
    private static readonly string[] SeriesColumns = ["Time", "Lowest", "Highest", "Average", "Questionable", "Late"];
    private static readonly string[] LatestColumns = ["Signal", "Time", "Value", "Questionable"];

    private readonly TimeProvider _clock;
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string> _data = QueueCommands.RequiredData();
    private readonly Option<string> _patient = new("--patient") { Description = "The patient's id; the device's name where it is not assigned.", HelpName = "PATIENT", Required = true };
    private readonly Option<string?> _signal = new("--signal") { Description = "The signal, for example hr. Without it: the last value of every signal.", HelpName = "SIGNAL" };
    private readonly Option<Instant?> _from = CommonOptions.Time("--from", "What was measured at this time or later (default: 24 h ago).");
    private readonly Option<Instant?> _to = CommonOptions.Time("--to", "What was measured before this time (default: now).");
    private readonly Option<int> _points = new("--points") { Description = $"Thinned to so many points at most, peaks kept; 1 to {BuiltInHistory.PointsAtMost} (default: 1000).", HelpName = "N", DefaultValueFactory = _ => 1_000 };
    private readonly Option<string> _source = new("--source") { Description = "Where it is read: built-in (default), or influx as the settings name it.", HelpName = "built-in|influx", DefaultValueFactory = _ => StoreCommands.BuiltIn };
    private readonly Option<string> _format = CommonOptions.Format("table", "csv", "json");

    private StoreQueryCommand(TimeProvider clock)
    {
        _clock = clock;
        _source.AcceptOnlyFromAmong(StoreCommands.BuiltIn, StoreCommands.Influx);
        _points.Validators.Add(parsed =>
        {
            if (parsed.Tokens.Count > 0 && int.TryParse(parsed.Tokens[0].Value, CultureInfo.InvariantCulture, out var points) && points is < 1 or > BuiltInHistory.PointsAtMost)
            {
                parsed.AddError($"--points {points} is not between 1 and {BuiltInHistory.PointsAtMost}.");
            }
        });
    }

    public static Command Create(TimeProvider clock)
    {
        var command = new StoreQueryCommand(clock);
        var query = new Command("query", "A signal of a patient between two times, or the last value of each of his signals.")
        {
            command._config, command._data, command._patient, command._signal, command._from, command._to, command._points, command._source, command._format,
        };
        query.SetAction(command.RunAsync);
        return query;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var now = Instant.Now(_clock);
        var (from, to) = (parsed.GetValue(_from) ?? now - TimeSpan.FromDays(1), parsed.GetValue(_to) ?? now);
        if (from >= to)
        {
            Console.Error.WriteLine("--from is not before --to: nothing is between them.");
            return ExitCode.WrongUsage;
        }

        var settings = StoreCommands.Settings(parsed.GetValue(_config), parsed.GetRequiredValue(_data));
        var catalogue = RuleSetLoader.Load(RuleFiles.Read([settings.RulesDirectory])).Rules?.Catalogue;
        var (patient, format) = (parsed.GetRequiredValue(_patient), parsed.GetRequiredValue(_format));
        using var http = InfluxSink.CreateHttpClient();
        using var builtIn = parsed.GetRequiredValue(_source) == StoreCommands.BuiltIn ? new BuiltInHistory(StoreCommands.DirectoryOf(settings.DataDirectory)) : null;
        IHistory history = builtIn is not null ? builtIn : InfluxHistoryOf(settings, catalogue, http, _clock);
        if (parsed.GetValue(_signal) is { } name)
        {
            var signal = catalogue?.Find(name)?.Id ?? name;
            var series = await history.SeriesAsync(patient, signal, from, to, parsed.GetValue(_points), cancellation);
            var isLetter = IsLetter(catalogue, signal);
            Write(SeriesColumns, series.Select(point => Fields(point, isLetter)), format);
            TellIfNone(series.Count, $"{signal} of {patient} between {from} and {to}");
        }
        else
        {
            var latest = await history.LatestAsync(patient, cancellation);
            Write(LatestColumns, latest.Select(value => Fields(value, IsLetter(catalogue, value.Signal))), format);
            TellIfNone(latest.Count, patient);
        }

        return ExitCode.Fine;
    }

    private static InfluxHistory InfluxHistoryOf(GatewayOptions settings, SignalCatalogue? catalogue, HttpClient http, TimeProvider clock) => new(
        StoreCommands.InfluxOf(settings),
        catalogue ?? throw new UserErrorException($"The rules in {settings.RulesDirectory} have errors, so the signals are not known; mend them first: iotgateway rules check."),
        http,
        clock);

    private static bool IsLetter(SignalCatalogue? catalogue, string signal) => catalogue?.Find(signal)?.Form == SignalForm.Letter;

    private static void TellIfNone(int count, string what)
    {
        if (count == 0)
        {
            Console.Error.WriteLine($"Nothing is stored of {what}.");
        }
    }

    /// <summary>In the order of the columns; letters have no mean.</summary>
    private static string[] Fields(SeriesPoint point, bool isLetter) =>
    [
        point.Time.ToString(), Number(point.Lowest, isLetter), Number(point.Highest, isLetter), isLetter ? "" : Number(point.Average, isLetter), YesNo(point.Questionable), YesNo(point.Late),
    ];

    private static string[] Fields(LatestPoint value, bool isLetter) => [value.Signal, value.Time.ToString(), Number(value.Value, isLetter), YesNo(value.Questionable)];

    private static string Number(double value, bool isLetter) => isLetter ? ((char)value).ToString() : value.ToString(CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "true" : "false";

    private static void Write(string[] columns, IEnumerable<string[]> rows, string format)
    {
        if (format == "table")
        {
            var table = new Table().AddColumns(columns);
            foreach (var row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            TableOutput.Write(table);
            return;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput());
        if (format == "csv")
        {
            output.WriteLine(string.Join(',', columns).ToLowerInvariant());
        }

        foreach (var row in rows)
        {
            output.WriteLine(format == "csv" ? string.Join(',', row.Select(QueueListCommand.Csv)) : Json(columns, row));
        }
    }

    /// <summary>One JSON object a line, as <c>queue dump</c> prints: numbers as numbers; what there is nothing of is left out.</summary>
    private static string Json(string[] columns, string[] row)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (column, field) in columns.Zip(row).Where(pair => pair.Second.Length > 0))
            {
                writer.WritePropertyName(column.ToLowerInvariant());
                if (column is "Signal" or "Time" || char.IsAsciiLetterUpper(field[0]))
                {
                    writer.WriteStringValue(field);
                }
                else
                {
                    writer.WriteRawValue(field);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
