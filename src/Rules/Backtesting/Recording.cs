using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Backtesting;

/// <summary>A recording in memory: the rows of <c>time_s,patient,metric,value</c>, sorted by time.</summary>
internal sealed class Recording
{
    private const string Header = "time_s,patient,metric,value";
    private const int MostRows = 20_000_000;
    private const int MostErrors = 100;
    private const double LatestSecond = 1e12;

    private readonly SignalCatalogue _catalogue;
    private readonly string _file;
    private readonly Dictionary<string, int> _patients = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _errors = [];

    private Recording(SignalCatalogue catalogue, string file)
    {
        _catalogue = catalogue;
        _file = file;
    }

    /// <summary>The values by time, then patient, then order in the file.</summary>
    public List<RecordingRow> Rows { get; } = [];

    /// <summary>The patients in the order in which they appear.</summary>
    public List<string> Patients { get; } = [];

    /// <summary>Metrics nobody knows, with how many rows each.</summary>
    public ImmutableSortedDictionary<string, int> Unknown => _unknown.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with it.</summary>
    public ImmutableArray<Diagnostic> Errors => [.. _errors];

    /// <summary>Reads a whole recording.</summary>
    public static Recording Read(SignalCatalogue catalogue, TextReader input, string file)
    {
        var recording = new Recording(catalogue, file);
        recording.Read(input);
        recording.Rows.Sort();
        return recording;
    }

    private void Read(TextReader input)
    {
        var header = input.ReadLine();
        if (header?.Trim('\uFEFF', ' ', '\r') != Header)
        {
            Error(1, 1, header ?? "", "this is no recording", $"its first line is `{Header}`");
            return;
        }

        var line = 1;
        while (input.ReadLine() is { } text && _errors.Count < MostErrors)
        {
            line++;
            if (text.Length == 0)
            {
                continue;
            }

            if (Rows.Count == MostRows)
            {
                Error(line, 1, text, $"a recording has at most {MostRows} rows", "split it");
                return;
            }

            ReadRow(text, line);
        }
    }

    private void ReadRow(string text, int line)
    {
        Span<Range> fields = stackalloc Range[5];
        var row = text.AsSpan();
        if (row.Split(fields, ',') != 4)
        {
            Error(line, 1, text, "a row has four fields", $"write `{Header}`, without quotes");
            return;
        }

        if (!double.TryParse(row[fields[0]], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds) > LatestSecond)
        {
            Error(line, 1, text, $"'{row[fields[0]]}' is no time", "it counts seconds, for example `12.5`");
            return;
        }

        var patient = row[fields[1]].Trim();
        if (patient.IsEmpty)
        {
            Error(line, fields[1].Start.Value + 1, text, "the patient is missing", null);
            return;
        }

        var metric = row[fields[2]].Trim().ToString();
        if (_catalogue.Find(metric) is not { } signal)
        {
            _unknown[metric] = _unknown.GetValueOrDefault(metric) + 1;
            return;
        }

        if (ValueOf(signal, row[fields[3]].Trim()) is { } value)
        {
            Rows.Add(new RecordingRow((long)Math.Round(seconds * 1_000), PatientOf(patient), signal, value, SignalJudge.Judge(signal, value), Rows.Count));
        }
        else
        {
            Error(
                line, fields[3].Start.Value + 1, text, $"'{row[fields[3]]}' is no value of {signal.Id}", "leave it empty where nothing was measured");
        }
    }

    /// <summary>The value; NaN where the field is empty, null where it cannot be read.</summary>
    private static double? ValueOf(Signal signal, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return double.NaN;
        }

        if (signal.Form == SignalForm.Letter)
        {
            return text.Length == 1 && signal.Letters.Contains(text[0], StringComparison.OrdinalIgnoreCase) ? char.ToUpperInvariant(text[0]) : null;
        }

        if (signal.Form == SignalForm.Switch && text is "on" or "true")
        {
            return 1;
        }

        if (signal.Form == SignalForm.Switch && text is "off" or "false")
        {
            return 0;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return null;
        }

        return signal.Form == SignalForm.Switch ? SignalJudge.ToSwitch(number) : number;
    }

    private int PatientOf(ReadOnlySpan<char> name)
    {
        if (_patients.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            return known;
        }

        var patient = name.ToString();
        _patients.Add(patient, Patients.Count);
        Patients.Add(patient);
        return Patients.Count - 1;
    }

    private void Error(int line, int column, string text, string message, string? help) =>
        _errors.Add(new Diagnostic(_file, line, column, true, Codes.Row, message, text, 1, help));
}
