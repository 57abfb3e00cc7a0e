using System.Globalization;
using System.Text.RegularExpressions;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>
/// Reads recordings: CSV with the header <c>time_s,patient,metric,value</c> and one value a row. <c>time_s</c> counts seconds (with a
/// fraction) from the start of the recording; the rows may come in any order. Rows of one patient and one millisecond are one reading.
/// </summary>
public static partial class RecordingReader
{
    /// <summary>What a first line must be.</summary>
    public const string Header = "time_s,patient,metric,value";

    /// <summary>The whole recording is held in memory (about 200 bytes a row), so its length is bounded.</summary>
    public const int RowsMaximum = 10_000_000;

    /// <summary>Members of the payload that are not signals.</summary>
    private static readonly string[] ReservedNames = ["ts", "seq", "values", "alarms", "patient"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="RecordingFormatException">A row cannot be used; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recording ReadFile(string path)
    {
        using var text = new StreamReader(path);
        return Read(text, path);
    }

    /// <summary>Reads a recording from text.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="name">What to call it in errors: the file's path.</param>
    /// <exception cref="RecordingFormatException">A row cannot be used; the message names the line.</exception>
    public static Recording Read(TextReader text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var header = text.ReadLine();
        if (header?.TrimStart('\uFEFF').TrimEnd() != Header)
        {
            throw new RecordingFormatException($"{name}, line 1: expected the header '{Header}'.");
        }

        var patients = new List<Builder>();
        var byName = new Dictionary<string, Builder>(StringComparer.Ordinal);
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        var line = 1;
        var samples = 0L;
        while (text.ReadLine() is { } row)
        {
            line++;
            if (string.IsNullOrWhiteSpace(row))
            {
                continue;
            }

            if (++samples > RowsMaximum)
            {
                throw new RecordingFormatException($"{name} has more than {RowsMaximum} rows: split it.");
            }

            var place = new Place(name, line);
            var fields = row.Split(',');
            if (fields.Length != 4)
            {
                throw place.Error($"expected 4 fields ({Header}) and found {fields.Length}");
            }

            var patient = CheckPatient(fields[1].Trim(), place);
            if (!byName.TryGetValue(patient, out var builder))
            {
                builder = new Builder(patient);
                byName.Add(patient, builder);
                patients.Add(builder);
            }

            var metric = CheckMetric(fields[2].Trim(), place);
            if (!metrics.TryAdd(metric, metric))
            {
                metric = metrics[metric];
            }

            builder.Add(CheckTime(fields[0].Trim(), place), metric, CheckValue(fields[3].Trim(), place), place);
        }

        return samples > 0
            ? new Recording([.. patients.Select(builder => builder.Build())], samples)
            : throw new RecordingFormatException($"{name} has no rows below its header.");
    }

    private static TimeSpan CheckTime(string field, Place place)
    {
        // A hundred years: far beyond any recording, and far from overflow.
        const decimal LongestSeconds = 100m * 366 * 86_400;
        return decimal.TryParse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestSeconds
            ? TimeSpan.FromMilliseconds((long)decimal.Round(seconds * 1000))
            : throw place.Error($"time_s '{field}' is not a number of seconds from 0");
    }

    /// <summary>The patient becomes a level of a topic and an MQTT client id.</summary>
    private static string CheckPatient(string field, Place place) =>
        field.Length is > 0 and <= 128 && !field.AsSpan().ContainsAny("/+#\0\"")
            ? field
            : throw place.Error("patient must have 1 to 128 characters, none of them / + # or a quotation mark");

    private static string CheckMetric(string field, Place place) =>
        field.Length is > 0 and <= 64 && !ReservedNames.Contains(field, StringComparer.OrdinalIgnoreCase) && MetricName().IsMatch(field)
            ? field
            : throw place.Error(
                $"metric '{field}' is not a name of letters, digits and '_' with at most 64 characters (and not one of {string.Join(", ", ReservedNames)})");

    private static string? CheckValue(string field, Place place) =>
        field.Length == 0 ? null
        : JsonNumber().IsMatch(field) ? field
        : throw place.Error("value is not a number (digits, at most one point, no thousands separator)");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MetricName();

    /// <summary>Numbers are passed on as written, so they must be numbers of JSON (RFC 8259, section 6).</summary>
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    private readonly record struct Place(string Name, int Line)
    {
        public RecordingFormatException Error(string fault) => new($"{Name}, line {Line}: {fault}.");
    }

    private sealed class Builder(string patient)
    {
        private readonly SortedDictionary<TimeSpan, List<RecordedValue>> _readings = [];

        public void Add(TimeSpan time, string metric, string? text, Place place)
        {
            if (!_readings.TryGetValue(time, out var values))
            {
                values = new List<RecordedValue>(4);
                _readings.Add(time, values);
            }

            if (values.Any(value => value.Metric == metric))
            {
                throw place.Error($"a second {metric} of the same patient at the same time");
            }

            values.Add(new RecordedValue(metric, text));
        }

        public PatientRecording Build() => new(patient, [.. _readings.Select(reading => new RecordedReading(reading.Key, reading.Value))]);
    }
}
