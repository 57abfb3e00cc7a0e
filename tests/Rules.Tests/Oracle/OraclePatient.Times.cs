using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    /// <summary>Longer than any test; half of the range, so that a time can be added.</summary>
    private const long ForEver = long.MaxValue / 2;

    /// <summary>How long a value is known to conditions, ms.</summary>
    private long ConditionSpan(string id)
    {
        var signal = _rules.Catalogue.Find(id)!;
        return (signal.MissingAfter ?? signal.ValidFor) is { } span ? Milliseconds(span) : ForEver;
    }

    /// <summary>How long a value is known to a score table, ms.</summary>
    private long ScoreSpan(ScoreDefinition table, string id)
    {
        var signal = _rules.Catalogue.Find(id)!;
        return (table.ValidFor ?? signal.ValidFor ?? signal.MissingAfter) is { } span ? Milliseconds(span) : ForEver;
    }

    private long? MissingFrom(string id) =>
        _rules.Catalogue.Find(id)?.MissingAfter is { } span && _signals.GetValueOrDefault(id) is { WaitedForSince: { } since } course
            ? Math.Max(since, course.Present?.Time ?? since) + Milliseconds(span)
            : null;

    private bool IsMissing(string id) => MissingFrom(id) <= _clock;

    /// <summary>When values go out of date, signals become missing and panes go.</summary>
    private IEnumerable<long> ValueDues()
    {
        foreach (var (id, course) in _signals)
        {
            if (MissingFrom(id) is { } missing)
            {
                yield return missing;
            }

            if (course.Newest is { } newest && IsNoValue(id, trusted: false) is not null)
            {
                yield return newest.Time + ConditionSpan(id);
            }

            if (course.Present is { } present)
            {
                yield return present.Time + ConditionSpan(id);
                foreach (var table in _rules.Derived.OfType<ScoreDefinition>().Where(table => NamesOf(table).Contains(id)))
                {
                    yield return present.Time + ScoreSpan(table, id);
                }
            }
        }

        foreach (var derived in _rules.Derived.OfType<ExpressionDefinition>().Where(derived => derived.ValidFor is not null))
        {
            if (OldestOf(derived) is { } oldest && Expression(derived).Range is not null)
            {
                yield return oldest + Milliseconds(derived.ValidFor!.Value);
            }
        }

        foreach (var window in _windows.Keys)
        {
            var pane = PaneLength(window.Length);
            if (Held(window) is { Count: > 0 } held)
            {
                yield return (held.Min(sample => sample.Time / pane) + Panes) * pane;
            }
        }
    }

    private IEnumerable<long> AlertDues(AlertLife alert, int index)
    {
        var rule = _rules.Rules[index];
        for (var level = 0; level < rule.Levels.Length; level++)
        {
            if (alert.WaitsSince[level] is { } since)
            {
                yield return since + Milliseconds(rule.Levels[level].For);
            }
        }

        if ((alert.ClearingSince ?? alert.StepsDownSince) is { } over)
        {
            yield return over + Milliseconds(rule.Rule.ClearAfter);
        }
    }
}
