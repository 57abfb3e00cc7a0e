using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>The real engine, with an error that a heart rate of 66 meets.</summary>
internal sealed class FaultyEngine : IRuleEngine
{
    private readonly RuleEngine _inner = new();

    public RuleSet? Rules => _inner.Rules;

    public bool IsMigrating => _inner.IsMigrating;

    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output) => _inner.Load(rules, time, output);

    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output) => _inner.SetPatient(profile, time, output);

    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) =>
        _inner.RemovePatient(patient, time, reason, output);

    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) =>
        _inner.ResetPatient(patient, time, reason, output);

    public void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        if (reading.Values.Any(value => value.Signal.Id == "hr" && value.Value == 66))
        {
            throw new InvalidOperationException("An error in the engine.");
        }

        _inner.Ingest(patient, reading, output);
    }

    public void Advance(Instant time, ICollection<AlertTransition> output) => _inner.Advance(time, output);

    public IReadOnlyList<LatestValue> LatestValues(string patient) => _inner.LatestValues(patient);

    public void WaitAnew(Instant time) => _inner.WaitAnew(time);

    public Explanation? Explain(string patient, string alert) => _inner.Explain(patient, alert);

    public void Save(IBufferWriter<byte> writer) => _inner.Save(writer);

    public void Restore(RuleSet rules, ReadOnlySpan<byte> state) => _inner.Restore(rules, state);
}
