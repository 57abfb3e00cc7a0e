using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Backtesting;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules;

/// <summary>
/// What was measured, in memory: of files with the columns <c>time_s,patient,metric,value</c>, or of a store. A patient that stands in several files is one.
/// </summary>
public sealed class Recording
{
    /// <summary>A recording has at most this many values.</summary>
    public const int MostRows = 20_000_000;

    private const string Header = "time_s,patient,metric,value";
    private const int MostErrors = 100;
    private const double LatestSecond = 1e12;

    private readonly Dictionary<string, int> _patients = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _errors = [];
    private string _file = "";
    private bool _isSorted = true;

    /// <summary>Makes an empty recording.</summary>
    /// <param name="catalogue">The signals by whose names and aliases the metrics are known.</param>
    public Recording(SignalCatalogue catalogue) => Catalogue = catalogue;

    /// <summary>The signals.</summary>
    public SignalCatalogue Catalogue { get; }

    /// <summary>Whether its times are points in time, as a store has them, not seconds since some beginning.</summary>
    public bool IsClock { get; private set; }

    /// <summary>Whether the quality of its values was told when they came, and is not only what the catalogue makes of the numbers.</summary>
    public bool IsJudged { get; private set; }

    /// <summary>Only rows from this moment on are taken; set it before anything is read.</summary>
    public Instant From { get; init; } = Instant.MinValue;

    /// <summary>Only rows before this moment are taken; set it before anything is read.</summary>
    public Instant To { get; init; } = Instant.MaxValue;

    /// <summary>What is wrong with it.</summary>
    public ImmutableArray<Diagnostic> Errors => [.. _errors];

    /// <summary>How many values it has.</summary>
    public int Count => Rows.Count;

    /// <summary>The values; by time, then patient, then order in the file, once sorted.</summary>
    internal List<RecordingRow> Rows { get; } = [];

    /// <summary>The patients in the order in which they appear.</summary>
    internal List<RecordedPatient> Patients { get; } = [];

    /// <summary>Metrics nobody knows, with how many rows each.</summary>
    internal ImmutableSortedDictionary<string, int> Unknown => _unknown.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Adds the rows of a file. What is wrong with them stands in <see cref="Errors"/>.</summary>
    public void ReadCsv(TextReader input, string file)
    {
        ArgumentNullException.ThrowIfNull(input);
        _file = file;
        Read(input);
        _isSorted = false;
    }

    /// <summary>Adds a value of a store; false if the recording is full.</summary>
    /// <param name="time">When it was measured.</param>
    /// <param name="patient">Whose.</param>
    /// <param name="ward">The patient's ward; of several the first one counts.</param>
    /// <param name="metric">What, by its id.</param>
    /// <param name="value">The number; NaN for none.</param>
    /// <param name="quality">How far it could be trusted when it came.</param>
    public bool Add(Instant time, string patient, string ward, string metric, double value, Quality quality)
    {
        ArgumentNullException.ThrowIfNull(metric);
        (IsClock, IsJudged, _isSorted) = (true, true, false);
        if (Rows.Count == MostRows)
        {
            return false;
        }

        if (Catalogue.Find(metric) is not { } signal)
        {
            _unknown[metric] = _unknown.GetValueOrDefault(metric) + 1;
        }
        else if (time >= From && time < To)
        {
            Rows.Add(new RecordingRow(time.UnixMilliseconds, PatientOf(patient, ward), signal, value, quality, Rows.Count));
        }

        return true;
    }

    /// <summary>Brings the rows into their order.</summary>
    internal void Sort()
    {
        if (!_isSorted)
        {
            Rows.Sort();
            _isSorted = true;
        }
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
        if (Catalogue.Find(metric) is not { } signal)
        {
            _unknown[metric] = _unknown.GetValueOrDefault(metric) + 1;
            return;
        }

        if (ValueOf(signal, row[fields[3]].Trim()) is not { } value)
        {
            Error(
                line, fields[3].Start.Value + 1, text, $"'{row[fields[3]]}' is no value of {signal.Id}", "leave it empty where nothing was measured");
            return;
        }

        var time = new Instant((long)Math.Round(seconds * 1_000));
        if (time >= From && time < To)
        {
            Rows.Add(new RecordingRow(time.UnixMilliseconds, PatientOf(patient, ""), signal, value, SignalJudge.Judge(signal, value), Rows.Count));
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

    private int PatientOf(ReadOnlySpan<char> name, string ward)
    {
        if (_patients.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            return known;
        }

        var patient = name.ToString();
        _patients.Add(patient, Patients.Count);
        Patients.Add(new RecordedPatient(patient, ward));
        return Patients.Count - 1;
    }

    private void Error(int line, int column, string text, string message, string? help) =>
        _errors.Add(new Diagnostic(_file, line, column, true, Codes.Row, message, text, 1, help));
}
