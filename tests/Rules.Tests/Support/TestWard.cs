using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>An engine with one patient, fed in seconds; what it says is kept as lines such as "15 X active".</summary>
internal sealed class TestWard
{
    private readonly List<AlertTransition> _output = [];
    private int _read;

    public TestWard(RuleSet rules, params string[] monitored)
        : this(rules, new PatientProfile("p1", "ICU", [], [.. monitored]))
    {
    }

    public TestWard(RuleSet rules, PatientProfile profile)
    {
        Rules = rules;
        Engine.Load(rules, At(0), _output);
        Handle = Engine.SetPatient(profile, At(0), _output);
    }

    public RuleEngine Engine { get; private set; } = new();

    public RuleSet Rules { get; private set; }

    public int Handle { get; }

    /// <summary>Everything said so far.</summary>
    public IReadOnlyList<AlertTransition> Output => _output;

    /// <summary>What was said since the last look, one line each: time, alert, state, and marks.</summary>
    public string[] Said()
    {
        var lines = _output.Skip(_read).Select(Line).ToArray();
        _read = _output.Count;
        return lines;
    }

    /// <summary>Values of one moment, with the quality the catalogue gives them.</summary>
    public TestWard Read(double seconds, params (string Signal, double Value)[] values) => Read(seconds, [], values);

    public TestWard Read(double seconds, string[] alarms, params (string Signal, double Value)[] values)
    {
        Engine.Ingest(Handle, Reading(seconds, seconds, alarms, values), _output);
        return this;
    }

    /// <summary>Values that come after a delay.</summary>
    public TestWard ReadLate(double seconds, double received, params (string Signal, double Value)[] values)
    {
        Engine.Ingest(Handle, Reading(seconds, received, [], values), _output);
        return this;
    }

    public TestWard Ingest(Reading reading)
    {
        Engine.Ingest(Handle, reading, _output);
        return this;
    }

    public TestWard Tick(double seconds)
    {
        Engine.Advance(At(seconds), _output);
        return this;
    }

    public TestWard Load(RuleSet rules, double seconds)
    {
        Engine.Load(rules, At(seconds), _output);
        Rules = rules;
        return this;
    }

    public TestWard Reset(double seconds)
    {
        Engine.ResetPatient("p1", At(seconds), "another device", _output);
        return this;
    }

    public TestWard Remove(double seconds)
    {
        Engine.RemovePatient("p1", At(seconds), "discharged", _output);
        return this;
    }

    public TestWard Monitor(double seconds, params string[] signals)
    {
        Engine.SetPatient(new PatientProfile("p1", "ICU", [], [.. signals]), At(seconds), _output);
        return this;
    }

    public TestWard Set(double seconds, PatientProfile profile)
    {
        Engine.SetPatient(profile, At(seconds), _output);
        return this;
    }

    /// <summary>The reasons of what was said since the last look.</summary>
    public string[] Reasons()
    {
        var reasons = _output.Skip(_read).Select(transition => transition.Reason).ToArray();
        _read = _output.Count;
        return reasons;
    }

    /// <summary>What was said since the last look with the priority and who holds it back.</summary>
    public string[] SaidInFull()
    {
        var lines = _output.Skip(_read).Select(transition =>
            $"{Line(transition)} {transition.Priority.ToString().ToLowerInvariant()}{(transition.SuppressedBy.Length > 0 ? $" by {transition.SuppressedBy}" : "")}").ToArray();
        _read = _output.Count;
        return lines;
    }

    /// <summary>Writes the engine's state and goes on with another engine that has read it.</summary>
    public TestWard SaveAndRestore()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Engine.Save(buffer);
        Engine = new RuleEngine();
        Engine.Restore(Rules, buffer.WrittenSpan);
        return this;
    }

    public Reading Reading(double seconds, double received, string[] alarms, (string Signal, double Value)[] values)
    {
        var reading = new Reading { CorrectedTime = At(seconds), DeviceTime = At(seconds), ReceivedTime = At(received) };
        foreach (var (name, value) in values)
        {
            var signal = Rules.Catalogue.Find(name)!;
            reading.Values.Add(new SignalValue(signal, value, SignalJudge.Judge(signal, value)));
        }

        reading.DeviceAlarms.AddRange(alarms);
        return reading;
    }

    public static Instant At(double seconds) => new((long)Math.Round(seconds * 1000));

    private static string Line(AlertTransition transition) => string.Create(
        CultureInfo.InvariantCulture,
        $"{transition.Time.UnixMilliseconds / 1000.0} {transition.Rule.Name} {transition.State.ToString().ToLowerInvariant()}{(transition.IsUpdate ? " update" : "")}{(transition.Unverified ? " unverified" : "")}");
}
