using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>
/// A second implementation of docs/rule-semantics.md that shares nothing with the engine but the parser and the definitions. Slow, and simple enough
/// to be read beside that page. Its transitions hold no texts.
/// </summary>
internal sealed class OracleEngine : IRuleEngine
{
    /// <summary>By handle; null where a patient was removed.</summary>
    private readonly List<OraclePatient?> _patients = [];

    private RuleSetDefinition? _definition;

    /// <inheritdoc/>
    public RuleSet? Rules { get; private set; }

    /// <inheritdoc/>
    public bool IsMigrating => false;

    /// <inheritdoc/>
    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output)
    {
        Rules = rules;
        _definition = rules.Definition;
        foreach (var patient in Writing(output))
        {
            patient.Load(_definition, time.UnixMilliseconds);
        }
    }

    /// <inheritdoc/>
    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        if (Find(profile.Patient, output) is { } known)
        {
            known.Change(profile, time.UnixMilliseconds);
            return _patients.IndexOf(known);
        }

        _patients.Add(new OraclePatient(_definition ?? throw new NotSupportedException("Load first."), profile, time.UnixMilliseconds, output));
        return _patients.Count - 1;
    }

    /// <inheritdoc/>
    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        if (Find(patient, output) is { } known)
        {
            known.Remove(time.UnixMilliseconds);
            _patients[_patients.IndexOf(known)] = null;
        }
    }

    /// <inheritdoc/>
    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) =>
        Find(patient, output)?.Reset(time.UnixMilliseconds);

    /// <inheritdoc/>
    public void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        var known = _patients[patient]!;
        known.Output = output;
        known.Ingest(reading);
    }

    /// <inheritdoc/>
    public bool Advance(Instant time, ICollection<AlertTransition> output)
    {
        var hasChanged = false;
        foreach (var patient in Writing(output))
        {
            hasChanged |= patient.Advance(time.UnixMilliseconds);
        }

        return hasChanged;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatestValue> LatestValues(string patient) => [.. Find(patient, [])?.Latest() ?? []];

    /// <inheritdoc/>
    public void WaitAnew(Instant time)
    {
        foreach (var patient in Writing([]))
        {
            patient.WaitAnew(time.UnixMilliseconds);
        }
    }

    /// <inheritdoc/>
    public Explanation? Explain(string patient, string alert) => throw new NotSupportedException("The oracle does not explain.");

    public ExplanationNode? ExplainValue(string patient, string name) => throw new NotSupportedException("The oracle does not explain.");

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException("The oracle keeps its state to itself.");

    /// <inheritdoc/>
    public void Restore(RuleSet rules, ReadOnlySpan<byte> state) => throw new NotSupportedException("The oracle keeps its state to itself.");

    private OraclePatient? Find(string patient, ICollection<AlertTransition> output) =>
        Writing(output).FirstOrDefault(known => known.Profile.Patient == patient);

    /// <summary>The patients in the order of their handles, each telling what becomes of it to an output.</summary>
    private IEnumerable<OraclePatient> Writing(ICollection<AlertTransition> output)
    {
        foreach (var patient in _patients.OfType<OraclePatient>())
        {
            patient.Output = output;
            yield return patient;
        }
    }
}
