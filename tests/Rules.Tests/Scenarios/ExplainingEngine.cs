using System.Buffers;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>The real engine with explanations of its own for comparisons of one signal with a number or a limit of 100 or 90.</summary>
internal sealed class ExplainingEngine : IRuleEngine
{
    private readonly RuleEngine _engine = new();

    public PatientProfile? Patient { get; private set; }

    public RuleSet? Rules => _engine.Rules;

    public bool IsMigrating => _engine.IsMigrating;

    public Explanation? Explain(string patient, string alert)
    {
        var rule = Rules!.Rules.First(rule => rule.Name == alert);
        var values = _engine.LatestValues(patient).ToDictionary(value => value.Signal.Id, value => value.Value, StringComparer.Ordinal);
        return new Explanation(
            rule, AlertState.Unknown, rule.Priority, default, null, null, [],
            [.. new[] { rule.When, rule.ClearWhen }.OfType<string>().Select(text => new ExplanationNode(text, ValueOf(text, values), "", [new ExplanationNode(text.Split(' ')[0], "unknown", "", [])]))]);
    }

    public ExplanationNode? ExplainValue(string patient, string name) => _engine.ExplainValue(patient, name);

    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output) => _engine.Load(rules, time, output);

    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        Patient = profile;
        return _engine.SetPatient(profile, time, output);
    }

    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) => _engine.RemovePatient(patient, time, reason, output);

    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output) => _engine.ResetPatient(patient, time, reason, output);

    public void Ingest(int patient, Reading reading, ICollection<AlertTransition> output) => _engine.Ingest(patient, reading, output);

    public bool Advance(Instant time, ICollection<AlertTransition> output) => _engine.Advance(time, output);

    public IReadOnlyList<LatestValue> LatestValues(string patient) => _engine.LatestValues(patient);

    public void WaitAnew(Instant time) => _engine.WaitAnew(time);

    public void Save(IBufferWriter<byte> writer) => _engine.Save(writer);

    public void Restore(RuleSet rules, ReadOnlySpan<byte> state) => _engine.Restore(rules, state);

    private static string ValueOf(string text, Dictionary<string, double> values)
    {
        var words = text.Split(' ');
        if (words[1] == "is" || !values.TryGetValue(words[0], out var value) || double.IsNaN(value))
        {
            return "unknown";
        }

        var limit = words[2] == "limit" ? (words[3] == "a_high" ? 100 : 90) + (words.Length > 5 ? -5 : 0) : double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
        return (words[1] == ">" ? value > limit : value <= limit) ? "true" : "false";
    }
}
