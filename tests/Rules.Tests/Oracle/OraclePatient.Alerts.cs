using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    /// <summary>Looks at the conditions of a rule ("An alert", 1 to 7) and tells what has changed.</summary>
    private void Evaluate(int index)
    {
        var rule = _rules.Rules[index];
        var alert = _alerts[index];
        if (!rule.OnlyIn.Fits(_profile))
        {
            End(index);
            return;
        }

        var before = Shown(alert);
        var seen = rule.Levels.Select(level => Holds(level.When, trusted: false)).ToArray();
        var trusted = rule.Levels.Select(level => Holds(level.When, trusted: true)).ToArray();
        var over = rule.ClearWhen is { } clear ? Holds(clear, trusted: true) : Kleene.Not(trusted.Aggregate(Kleene.Or));
        var reached = -1;
        for (var level = alert.Level + 1; level < seen.Length; level++)
        {
            alert.WaitsSince[level] = seen[level] == true ? alert.WaitsSince[level] ?? _clock : null;
            if (seen[level] == true && rule.Levels[level].For == TimeSpan.Zero)
            {
                reached = level;
            }
        }

        if (reached >= 0)
        {
            alert.Since = alert.IsIdle ? _clock : alert.Since;
            alert.Reach(reached);
        }
        else if (!alert.IsRaised)
        {
            if (!alert.WaitsSince.Any(since => since is not null))
            {
                alert.SuppressedBy = SuppressorOf(rule);
                End(index);
                return;
            }

            alert.Since = alert.IsIdle ? _clock : alert.Since;
            alert.State = AlertState.Pending;
        }

        if (alert.IsRaised)
        {
            if (over == true && !seen.Contains(true))
            {
                if (rule.Rule.ClearAfter == TimeSpan.Zero)
                {
                    Clear(index);
                    return;
                }

                alert.State = AlertState.Clearing;
                alert.ClearingSince ??= _clock;
            }
            else
            {
                alert.State = AlertState.Active;
                alert.ClearingSince = null;
            }
        }

        var stepsDown = alert is { State: AlertState.Active, Level: > 0 } && trusted[alert.Level] == false;
        alert.StepsDownSince = stepsDown ? alert.StepsDownSince ?? _clock : null;
        if (stepsDown && rule.Rule.ClearAfter == TimeSpan.Zero)
        {
            StepDown(alert, rule);
        }

        Tell(index, before);
    }

    /// <summary>Fires the timers of a rule that are due by now.</summary>
    private void FireTimers(int index)
    {
        var rule = _rules.Rules[index];
        var alert = _alerts[index];
        var before = Shown(alert);
        var reached = Enumerable.Range(0, rule.Levels.Length)
            .LastOrDefault(level => alert.WaitsSince[level] + Milliseconds(rule.Levels[level].For) <= _clock, -1);
        if (reached >= 0)
        {
            alert.Reach(reached);
        }
        else if (alert.ClearingSince + Milliseconds(rule.Rule.ClearAfter) <= _clock)
        {
            Clear(index);
            return;
        }
        else if (alert.StepsDownSince + Milliseconds(rule.Rule.ClearAfter) <= _clock)
        {
            StepDown(alert, rule);
        }

        Tell(index, before);
    }

    /// <summary>To the highest lower level whose condition is not definitely false, or to the lowest.</summary>
    private void StepDown(AlertLife alert, RuleDefinition rule)
    {
        alert.StepsDownSince = null;
        do
        {
            alert.Level--;
        }
        while (alert.Level > 0 && Holds(rule.Levels[alert.Level].When, trusted: true) == false);
    }

    private bool IsUnverified(RuleDefinition rule, AlertLife alert)
    {
        var any = rule.Levels.Select(level => Holds(level.When, trusted: true)).Aggregate(Kleene.Or);
        return alert.State switch
        {
            AlertState.Pending => any != true,
            AlertState.Active => any is null || (any == false && rule.ClearWhen is { } clear && Holds(clear, trusted: true) is null),
            _ => false,
        };
    }

    private string SuppressorOf(RuleDefinition rule) =>
        rule.SuppressedBy.Where(index => _alerts[index].IsRaised).Select(index => _rules.Rules[index].Rule.Name).FirstOrDefault("");

    private static int LevelOf(AlertLife alert) => alert.IsRaised ? alert.Level : Array.FindLastIndex(alert.WaitsSince, since => since is not null);

    private static (AlertState State, int Level, bool Unverified, string SuppressedBy) Shown(AlertLife alert) =>
        (alert.State, alert.Level, alert.Unverified, alert.SuppressedBy);

    /// <summary>Tells of an alert that stands, if what is shown of it has changed.</summary>
    private void Tell(int index, (AlertState State, int Level, bool Unverified, string SuppressedBy)? before)
    {
        var rule = _rules.Rules[index];
        var alert = _alerts[index];
        if (alert.IsIdle || (alert.State == AlertState.Pending && before?.State == AlertState.Pending))
        {
            return;
        }

        alert.Unverified = IsUnverified(rule, alert);
        alert.SuppressedBy = SuppressorOf(rule);
        if (Shown(alert) == before)
        {
            return;
        }

        alert.Told = LevelOf(alert);
        Tell(rule, alert, alert.State, isUpdate: before is null || before.Value.State == alert.State);
    }

    private void Tell(RuleDefinition rule, AlertLife alert, AlertState state, bool isUpdate) => Output.Add(new AlertTransition
    {
        Patient = _profile.Patient,
        Rule = rule.Rule,
        State = state,
        IsUpdate = isUpdate,
        Priority = rule.Levels[alert.Told].Priority,
        Time = new Instant(_clock),
        Since = new Instant(alert.Since),
        Unverified = alert.Unverified,
        SuppressedBy = _rules.Rules.Any(known => known.Rule.Name == alert.SuppressedBy) ? alert.SuppressedBy : "",
        Value = "",
        Limit = "",
        Message = "",
        Reason = "",
    });

    /// <summary>It is definitely over, which is not unverified.</summary>
    private void Clear(int index)
    {
        _alerts[index].Unverified = false;
        _alerts[index].SuppressedBy = SuppressorOf(_rules.Rules[index]);
        End(index);
    }

    /// <summary>To idle; tells so if the alert was anything else.</summary>
    private void End(int index)
    {
        if (!_alerts[index].IsIdle)
        {
            Tell(_rules.Rules[index], _alerts[index], AlertState.Ended, isUpdate: false);
        }

        _alerts[index] = new AlertLife(_rules.Rules[index].Levels.Length);
    }

    private void EndAll()
    {
        for (var index = 0; index < _alerts.Length; index++)
        {
            End(index);
        }
    }
}
