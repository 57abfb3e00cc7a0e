using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>
/// The real engine, which says of some alerts more than their rules do: an alert called "... (trial)" is only tried, and "SpO2 low" is held back
/// while "Heart rate very low" stands.
/// </summary>
internal sealed class FlaggingEngine : PassingEngine
{
    private readonly Dictionary<string, AlertTransition> _low = new(StringComparer.Ordinal);
    private readonly HashSet<string> _suppressed = new(StringComparer.Ordinal);

    public override void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        var said = new List<AlertTransition>();
        base.Ingest(patient, reading, said);
        Flag(said, output);
    }

    public override bool Advance(Instant time, ICollection<AlertTransition> output)
    {
        var said = new List<AlertTransition>();
        var hasChanged = base.Advance(time, said);
        Flag(said, output);
        return hasChanged;
    }

    private void Flag(List<AlertTransition> said, ICollection<AlertTransition> output)
    {
        foreach (var transition in said)
        {
            var patient = transition.Patient;
            if (transition.Rule.Slug == "heart-rate-very-low")
            {
                output.Add(transition);
                Suppress(patient, transition.State != AlertState.Ended, transition.Time, output);
                continue;
            }

            var flagged = transition with
            {
                Rule = Tried(transition.Rule),
                SuppressedBy = transition.Rule.Slug == "spo2-low" && _suppressed.Contains(patient) ? "Heart rate very low" : "",
            };
            if (flagged.Rule.Slug == "spo2-low")
            {
                _low[patient] = flagged;
            }

            output.Add(flagged);
        }
    }

    private void Suppress(string patient, bool suppressed, Instant time, ICollection<AlertTransition> output)
    {
        var changed = suppressed ? _suppressed.Add(patient) : _suppressed.Remove(patient);
        if (changed && _low.TryGetValue(patient, out var low) && low.State is AlertState.Active or AlertState.Clearing)
        {
            output.Add(_low[patient] = low with { Time = time, IsUpdate = true, SuppressedBy = suppressed ? "Heart rate very low" : "" });
        }
    }

    private static AlertRule Tried(AlertRule rule) => !rule.Name.EndsWith("(trial)", StringComparison.Ordinal)
        ? rule
        : new AlertRule { Index = rule.Index, Name = rule.Name, Slug = rule.Slug, Priority = rule.Priority, Kind = rule.Kind, Latch = rule.Latch, Shadow = true };
}
