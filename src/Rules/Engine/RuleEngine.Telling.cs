using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    /// <summary>Tells what has become of an alert that stands, if that is anything.</summary>
    private void TellChange(
        PatientState patient, CompiledRule rule, ref AlertCell cell, in AlertCell before, TransitionReason? reason, in Frame frame,
        ICollection<AlertTransition> output)
    {
        if (cell.State != before.State)
        {
            Tell(patient, rule, ref cell, isUpdate: false, reason!.Value, in frame, output);
        }
        else if (cell.Level != before.Level)
        {
            Tell(patient, rule, ref cell, isUpdate: true, reason!.Value, in frame, output);
        }
        else if (cell.Unverified != before.Unverified)
        {
            var told = cell.Unverified ? TransitionReasons.Unverified(rule, cell.Level, in frame) : TransitionReasons.Verified(rule, cell.Level, in frame);
            Tell(patient, rule, ref cell, isUpdate: true, told, in frame, output);
        }
        else if (cell.SuppressedBy != before.SuppressedBy)
        {
            var words = cell.SuppressedBy < 0 ? "no longer suppressed" : $"suppressed by {patient.Program.Rules[cell.SuppressedBy].Rule.Name}";
            Tell(patient, rule, ref cell, isUpdate: true, TransitionReasons.Outside(words, rule, cell.Level, in frame), in frame, output);
        }
    }

    private void Tell(
        PatientState patient, CompiledRule rule, ref AlertCell cell, bool isUpdate, TransitionReason reason, in Frame frame,
        ICollection<AlertTransition> output) => Tell(patient, rule, ref cell, cell.State, isUpdate, reason, in frame, output);

    /// <summary>The alert becomes idle.</summary>
    private void End(PatientState patient, CompiledRule rule, int place, long now, TransitionReason reason, ICollection<AlertTransition> output)
    {
        var frame = new Frame(patient, patient.Program, now, trustedOnly: false);
        var ended = patient.Alerts[place];
        patient.Alerts.Remove(place);
        _isLive[patient.Handle] = patient.Alerts.Count > 0;
        Tell(patient, rule, ref ended, AlertState.Ended, isUpdate: false, reason, in frame, output);
    }

    private static TransitionReason Outside(PatientState patient, CompiledRule rule, int place, long now, string words)
    {
        var frame = new Frame(patient, patient.Program, now, trustedOnly: false);
        return TransitionReasons.Outside(words, rule, patient.Alerts[place].Level, in frame);
    }

    /// <summary>Ends all alerts, in the order of the files, for a reason from outside.</summary>
    private void EndAlerts(PatientState patient, long now, string words, ICollection<AlertTransition> output)
    {
        for (var rule = patient.Alerts.Next(0); rule >= 0; rule = patient.Alerts.Next(rule + 1))
        {
            EndAlert(patient, rule, now, words, output);
        }
    }

    private void EndAlert(PatientState patient, int rule, long now, string words, ICollection<AlertTransition> output)
    {
        var compiled = patient.Program.Rules[rule];
        var place = patient.Alerts.Find(rule);
        End(patient, compiled, place, now, Outside(patient, compiled, place, now, words), output);
    }

    private void Tell(
        PatientState patient, CompiledRule rule, ref AlertCell cell, AlertState state, bool isUpdate, TransitionReason reason, in Frame frame,
        ICollection<AlertTransition> output)
    {
        var watchers = patient.Program.Watchers[rule.Rule.Index];
        for (var word = 0; word < watchers.Length; word++)
        {
            _dirtyRules[word] |= watchers[word];
        }

        output.Add(new AlertTransition
        {
            Patient = patient.Profile.Patient,
            Rule = rule.Rule,
            State = state,
            Priority = rule.Levels[cell.Level].Priority,
            IsUpdate = isUpdate,
            Time = new Instant(frame.Now),
            Since = new Instant(cell.Since),
            Value = reason.Leaf.Value(in frame),
            Number = reason.Leaf.Number(in frame),
            Limit = reason.Leaf.Limit(in frame),
            Message = rule.Levels[cell.Level].Message.Fill(in frame),
            Reason = reason.Words,
            Unverified = cell.Unverified,
            SuppressedBy = cell.SuppressedBy < 0 ? "" : patient.Program.Rules[cell.SuppressedBy].Rule.Name,
        });
    }
}
