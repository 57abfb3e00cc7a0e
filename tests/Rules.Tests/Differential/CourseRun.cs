using System.Buffers;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>An engine that a course happens to, and what it says.</summary>
internal sealed class CourseRun(IRuleEngine engine, RuleSet[] sets)
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private int _read;

    public IRuleEngine Engine { get; private set; } = engine;

    public List<AlertTransition> Output { get; } = [];

    /// <summary>What was said of each patient, a line each, without texts.</summary>
    public Dictionary<string, List<string>> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>The alerts that are raised by now.</summary>
    public HashSet<(string Patient, string Alert)> Standing { get; } = [];

    public void Take(CourseInput input)
    {
        var time = new Instant(input.Time);
        switch (input)
        {
            case AdvanceInput:
                Engine.Advance(time, Output);
                break;
            case LoadInput load:
                Engine.Load(sets[load.Set], time, Output);
                break;
            case ProfileInput profile:
                _handles[profile.Profile.Patient] = Engine.SetPatient(profile.Profile, time, Output);
                break;
            case ResetInput reset:
                Engine.ResetPatient(reset.Patient, time, "another device", Output);
                break;
            case RemoveInput remove:
                Engine.RemovePatient(remove.Patient, time, "discharged", Output);
                _handles.Remove(remove.Patient);
                break;
            case WaitAnewInput:
                Engine.WaitAnew(time);
                break;
            case ReadingInput reading when _handles.TryGetValue(reading.Patient, out var handle):
                Engine.Ingest(handle, reading.Reading(), Output);
                break;
            case SnapshotInput when Engine is RuleEngine { IsMigrating: false, Rules: not null }:
                var state = new ArrayBufferWriter<byte>();
                Engine.Save(state);
                var rules = Engine.Rules!;
                Engine = new RuleEngine();
                Engine.Restore(rules, state.WrittenSpan);
                break;
        }

        for (; _read < Output.Count; _read++)
        {
            var transition = Output[_read];
            if (!Lines.TryGetValue(transition.Patient, out var lines))
            {
                Lines.Add(transition.Patient, lines = []);
            }

            lines.Add(Line(transition));
            var alert = (transition.Patient, transition.Rule.Name);
            _ = transition.State is AlertState.Active or AlertState.Clearing ? Standing.Add(alert) : Standing.Remove(alert);
        }
    }

    /// <summary>Lets an engine that brings patients under new rules one after the other come to its end. Nothing is due any more.</summary>
    public void Finish()
    {
        while (Engine.IsMigrating)
        {
            Take(new AdvanceInput(0));
        }
    }

    /// <summary>All of a transition but its texts.</summary>
    public static string Line(AlertTransition it) =>
        $"{it.Time.UnixMilliseconds} {it.Patient} {it.Rule.Name} {it.State.ToString().ToLowerInvariant()}{(it.IsUpdate ? " update" : "")} {it.Priority.ToString().ToLowerInvariant()} since {it.Since.UnixMilliseconds}{(it.Unverified ? " unverified" : "")}{(it.SuppressedBy.Length > 0 ? $" suppressed by {it.SuppressedBy}" : "")}";
}
