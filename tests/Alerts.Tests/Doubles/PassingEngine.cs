using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>The real engine; what a test wants otherwise it overrides.</summary>
internal class PassingEngine : IRuleEngine
{
    protected RuleEngine Inner { get; } = new();

    public virtual RuleSet? Rules => Inner.Rules;

    public virtual bool IsMigrating => Inner.IsMigrating;

    public virtual void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output) => Inner.Load(rules, time, output);

    public virtual int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output) => Inner.SetPatient(profile, time, output);

    public virtual void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) =>
        Inner.RemovePatient(patient, time, reason, output);

    public virtual void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) =>
        Inner.ResetPatient(patient, time, reason, output);

    public virtual void Ingest(int patient, Reading reading, ICollection<AlertTransition> output) => Inner.Ingest(patient, reading, output);

    public virtual bool Advance(Instant time, ICollection<AlertTransition> output) => Inner.Advance(time, output);

    public virtual IReadOnlyList<LatestValue> LatestValues(string patient) => Inner.LatestValues(patient);

    public virtual void WaitAnew(Instant time) => Inner.WaitAnew(time);

    public virtual Explanation? Explain(string patient, string alert) => Inner.Explain(patient, alert);

    public virtual ExplanationNode? ExplainValue(string patient, string name) => Inner.ExplainValue(patient, name);

    public virtual void Save(IBufferWriter<byte> writer) => Inner.Save(writer);

    public virtual void Restore(RuleSet rules, ReadOnlySpan<byte> state) => Inner.Restore(rules, state);
}
