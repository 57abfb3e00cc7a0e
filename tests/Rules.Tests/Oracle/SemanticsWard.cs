using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>
/// One patient of an engine, whichever it is, fed in seconds; what it says is kept as lines such as "15 X active medium", without texts.
/// </summary>
internal sealed class SemanticsWard
{
    private readonly IRuleEngine _engine;
    private readonly List<AlertTransition> _output = [];
    private readonly int _handle;
    private RuleSet _rules;
    private int _read;

    public SemanticsWard(string engine, RuleSet rules, PatientProfile? profile = null)
    {
        _engine = engine == Engines.Oracle ? new OracleEngine() : new RuleEngine();
        _rules = rules;
        _engine.Load(rules, At(0), _output);
        _handle = _engine.SetPatient(profile ?? Patient(), At(0), _output);
    }

    /// <summary>A patient of whom nothing but some monitored signals is known.</summary>
    public static PatientProfile Patient(params string[] monitored) => new("p1", "ICU", [], [.. monitored]);

    /// <summary>Values of one moment, with the quality the catalogue gives them.</summary>
    public SemanticsWard Read(double seconds, params (string Signal, double Value)[] values) => ReadAt(seconds, seconds, values);

    /// <summary>Values that come later than they were measured.</summary>
    public SemanticsWard ReadAt(double seconds, double received, params (string Signal, double Value)[] values)
    {
        var reading = new Reading { CorrectedTime = At(seconds), DeviceTime = At(seconds), ReceivedTime = At(received) };
        foreach (var (name, value) in values)
        {
            var signal = _rules.Catalogue.Find(name)!;
            reading.Values.Add(new SignalValue(signal, value, SignalJudge.Judge(signal, value)));
        }

        _engine.Ingest(_handle, reading, _output);
        return this;
    }

    public SemanticsWard Tick(double seconds)
    {
        _engine.Advance(At(seconds), _output);
        return this;
    }

    public SemanticsWard Load(double seconds, RuleSet rules)
    {
        _rules = rules;
        _engine.Load(rules, At(seconds), _output);
        while (_engine.IsMigrating)
        {
            _engine.Advance(At(seconds), _output);
        }

        return this;
    }

    public SemanticsWard Set(double seconds, PatientProfile profile)
    {
        _engine.SetPatient(profile, At(seconds), _output);
        return this;
    }

    public SemanticsWard Reset(double seconds)
    {
        _engine.ResetPatient("p1", At(seconds), "another device", _output);
        return this;
    }

    /// <summary>What was said since the last look.</summary>
    public string[] Said()
    {
        var lines = _output.Skip(_read).Select(Line).ToArray();
        _read = _output.Count;
        return lines;
    }

    /// <summary>When the last thing said of the alert began.</summary>
    public double Since => _output[^1].Since.UnixMilliseconds / 1000.0;

    private static Instant At(double seconds) => new((long)Math.Round(seconds * 1000));

    private static string Line(AlertTransition it) => string.Create(
        CultureInfo.InvariantCulture,
        $"{it.Time.UnixMilliseconds / 1000.0} {it.Rule.Name} {it.State.ToString().ToLowerInvariant()}{(it.IsUpdate ? " update" : "")} {it.Priority.ToString().ToLowerInvariant()}{(it.Unverified ? " unverified" : "")}{(it.SuppressedBy.Length > 0 ? $" suppressed by {it.SuppressedBy}" : "")}");
}
