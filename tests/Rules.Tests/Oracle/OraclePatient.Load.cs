using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    /// <summary>Other rules: what stands is carried over by name, then everything is settled ("Other rules").</summary>
    public void Load(RuleSetDefinition rules, long time)
    {
        FireUntil(time);
        Happen(time);
        var (before, alerts) = (_rules, _alerts);
        var successors = Successors(before, rules);
        for (var index = 0; index < before.Rules.Length; index++)
        {
            if (!successors.ContainsValue(index))
            {
                End(index);
            }
        }

        _rules = rules;
        _alerts = NewAlerts();
        OpenWindows();
        Resolve();
        WaitForMonitored();
        foreach (var (index, old) in successors.Where(it => !alerts[it.Value].IsIdle))
        {
            _alerts[index] = CarriedOver(alerts[old], before.Rules[old], rules.Rules[index], IsChanged(before, old, index));
            var suppressor = successors.Where(it => before.Rules[it.Value].Rule.Name == alerts[old].SuppressedBy).Select(it => rules.Rules[it.Key].Rule.Name);
            _alerts[index].SuppressedBy = suppressor.FirstOrDefault(_alerts[index].SuppressedBy);
        }

        foreach (var index in rules.EvaluationOrder)
        {
            if (successors.TryGetValue(index, out var old) && !_alerts[index].IsIdle && rules.Rules[index].OnlyIn.Fits(_profile))
            {
                TellOfTheLoad(index, before.Rules[old], alerts[old], IsChanged(before, old, index));
            }

            Evaluate(index);
        }
    }

    /// <summary>The new rules by index, each with the old one whose alert goes on under it.</summary>
    private static Dictionary<int, int> Successors(RuleSetDefinition before, RuleSetDefinition after)
    {
        var old = before.Rules.Select((rule, index) => (rule.Rule.Name, index)).ToDictionary(StringComparer.Ordinal);
        var found = new Dictionary<int, int>();
        for (var index = 0; index < after.Rules.Length; index++)
        {
            if (old.Remove(after.Rules[index].Rule.Name, out var same))
            {
                found.Add(index, same);
            }
        }

        for (var index = 0; index < after.Rules.Length; index++)
        {
            foreach (var name in after.Rules[index].Rule.Was)
            {
                if (!found.ContainsKey(index) && old.Remove(name, out var renamed))
                {
                    found.Add(index, renamed);
                }
            }
        }

        return found;
    }

    private bool IsChanged(RuleSetDefinition before, int old, int index) =>
        Canonical(before, before.Rules[old]) != Canonical(_rules, _rules.Rules[index]);

    private static AlertLife CarriedOver(AlertLife alert, RuleDefinition old, RuleDefinition rule, bool changed)
    {
        if (!changed)
        {
            return alert;
        }

        var carried = new AlertLife(rule.Levels.Length) { State = alert.State, Since = alert.Since, SuppressedBy = alert.SuppressedBy, Unverified = alert.Unverified };
        var priority = old.Levels[alert.Told].Priority;
        carried.Told = Math.Max(0, rule.Levels.ToList().FindLastIndex(level => level.Priority <= priority));
        if (alert.IsRaised)
        {
            carried.State = AlertState.Active;
            carried.Level = carried.Told;
        }

        return carried;
    }

    private void TellOfTheLoad(int index, RuleDefinition old, AlertLife before, bool changed)
    {
        var rule = _rules.Rules[index];
        var alert = _alerts[index];
        if (alert.State == AlertState.Pending && changed)
        {
            // It begins anew: what the evaluation makes of it is told below, but staying pending is not by itself.
            var seen = rule.Levels.Select(level => Holds(level.When, trusted: false) == true).ToArray();
            var reached = Enumerable.Range(0, seen.Length).Any(level => seen[level] && rule.Levels[level].For == TimeSpan.Zero);
            alert.Since = seen.Contains(true) ? _clock : alert.Since;
            if (seen.Contains(true) && !reached)
            {
                alert.WaitsSince = [.. seen.Select(holds => holds ? _clock : (long?)null)];
                Tell(index, before: null);
            }
        }
        else if (alert.IsRaised && (changed || old.Levels[before.Level].Priority != rule.Levels[alert.Level].Priority))
        {
            Tell(index, before.State == alert.State ? null : Shown(before));
        }
    }
}
