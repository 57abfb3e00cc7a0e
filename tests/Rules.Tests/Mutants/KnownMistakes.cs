using IoTGateway.Tests.Support.Mutants;

namespace IoTGateway.Rules.Tests.Mutants;

/// <summary>The mistakes of the engine that the differential search is known to catch.</summary>
internal static class KnownMistakes
{
    private const string Engine = "src/Rules/Engine/";
    private const string Evaluation = "src/Rules/Evaluation/";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("fires what is due at an instant before its reading", Engine + "RuleEngine.Timers.cs", "(including ? due > limit : due >= limit)", "due > limit"),
        new("leaves what is due at a tick for the next", Engine + "RuleEngine.Timers.cs", "(including ? due > limit : due >= limit)", "due >= limit"),
        new("takes an edge one ulp off", Evaluation + "ThresholdCondition.cs", "reads.Edge(node.Slot, node.EdgeAbove(threshold));", "reads.Edge(node.Slot, node.EdgeAtLeast(threshold));"),
        new("does not drop a pending alert", Engine + "RuleEngine.Alerts.cs", "                cell.Waiting[level] = SlotState.None;\n                continue;", "                continue;"),
        new("does not cancel clearing", Engine + "RuleEngine.Alerts.cs", "            if (cell.State == AlertState.Clearing)\n            {\n                reason", "            if (cell.State == AlertState.Unknown)\n            {\n                reason"),
        new("takes missing for unknown", Evaluation + "MissingCondition.cs", "Missing ? Truth.True", "Missing ? Truth.Unknown"),
        new("tells nobody that a value is out of date", Engine + "RuleEngine.Timers.cs", "                MarkAll(program.Readers[index]);\n", ""),
        new("holds a value for too long", Evaluation + "SlotState.cs", "lapsed <= info.ConditionLifetime", "lapsed <= info.ConditionLifetime + 1"),
        new("forgets a pane when the one before it goes", Evaluation + "Window.cs", "        FindOldest(first);", "        FindOldest(first + 1);"),
        new("has windows one pane short", Evaluation + "Window.cs", "head - WindowInfo.Panes + 1", "head - WindowInfo.Panes + 2"),
        new("takes late samples into one pane too few", Evaluation + "Window.cs", "return pane > _state.Head - WindowInfo.Panes;", "return pane > _state.Head - WindowInfo.Panes + 1;"),
        new("counts another value of the same time twice", Engine + "RuleEngine.Windows.cs", "if (replaces && state.HoldsNewest)", "if (replaces && !replaces)"),
        new("forgets pending alerts at a reload", Engine + "PatientState.cs", "alert.Rule == from)", "alert.Rule == from && alert.IsRaised)"),
        new("forgets panes at a reload", Engine + "PatientState.cs", "                Take(before.Layout.Windows[from], panes, counts, Program.Layout.Windows[window]);\n", ""),
        new("keeps rows where they were although signals moved", Engine + "RuleCarryOver.cs", "from.Index().All(it => it.Item == it.Index)", "from.Length > 0"),
        new("lets a tick move the clock", Engine + "RuleEngine.cs", "var now = Math.Max(time, patient.Clock);", "var now = Math.Max(time, Math.Max(patient.Clock, _passed));"),
        new("does not know earlier names", Engine + "RuleCarryOver.cs", "foreach (var name in rule.Was)", "foreach (var name in rule.Was.Take(0))"),
        new("lets waiting go on under a changed rule", Engine + "RuleEngine.Load.cs", "        cell.StopWaiting(CompiledRule.MostLevels - 1);\n        var reached", "        var reached"),
        new("does not hash `for`", Evaluation + "CanonicalText.cs", "{Of(level.When)}\\n{(long)level.For.TotalMilliseconds}", "{Of(level.When)}"),
        new("steps down at once", Engine + "RuleEngine.Alerts.cs", "else if (rule.ClearAfter == 0)", "else if (rule.ClearAfter >= 0)"),
        new("does not step up while raised", Engine + "RuleEngine.Alerts.cs", "cell.IsRaised ? cell.Level + 1 : 0", "cell.IsRaised ? rule.Levels.Length : 0"),
        new("reaches the lowest of several levels", Engine + "RuleEngine.Alerts.cs", "reached = rule.Levels[level].For == 0 ? level : reached;", "reached = rule.Levels[level].For == 0 && reached < 0 ? level : reached;"),
        new("begins anew when it is raised", Engine + "RuleEngine.Alerts.cs", "cell.Since = cell.State == AlertState.Unknown ? frame.Now : cell.Since;", "cell.Since = frame.Now;"),
        new("clears on questionable values", Engine + "RuleEngine.Alerts.cs", "isTainted ? frame.With(trustedOnly: true) : frame", "frame"),
        new("clears while a condition holds", Engine + "RuleEngine.Alerts.cs", "clear == Truth.True && any != Truth.True", "clear == Truth.True"),
        new("never lifts a suppression", Engine + "RuleEngine.Alerts.cs", "            if (frame.IsRaised(suppressor) == Truth.True)", "            if (frame.IsRaised(suppressor) != Truth.Unknown)"),
        new("does not end what is not for the patient any more", Engine + "RuleEngine.Alerts.cs", "            if (place >= 0)\n            {\n                End(", "            if (place >= rule.Levels.Length + 100)\n            {\n                End("),
        new("looks at another alert one instant late", Engine + "RuleEngine.Telling.cs", "_dirtyRules[word] |= watchers[word];", "_dueRules[word] |= watchers[word];"),
        new("goes through all rows of a score", Evaluation + "ScoreComputation.cs", "                break;", "                continue;"),
        new("passes over unknown rows of a score", Evaluation + "ScoreComputation.cs", "if (truth == Truth.False)", "if (truth != Truth.True)"),
        new("adds the lower ends for the upper", Evaluation + "SumComputation.cs", "high += value.High;", "high += value.Low;"),
        new("rounds half to even", Evaluation + "ScoreInput.cs", "MidpointRounding.AwayFromZero", "MidpointRounding.ToEven"),
        new("takes unknown for false in `at least`", Evaluation + "AtLeastCondition.cs", "possible += truth == Truth.False ? 0 : 1;", "possible += truth == Truth.True ? 1 : 0;"),
        new("lets out-of-order values move the present", Engine + "RuleEngine.Ingest.cs", "if (isLate || time < state.Signals[slot].Newest)", "if (isLate)"),
        new("lets late values move the present", Engine + "RuleEngine.Ingest.cs", "if (isLate || time < state.Signals[slot].Newest)", "if (time < state.Signals[slot].Newest)"),
        new("lets the least specific override win", Evaluation + "ResolvedProfile.cs", ".OrderBy(overriding => overriding.Scope)", ".OrderByDescending(overriding => overriding.Scope)"),
        new("takes limits that the rules do not allow", Evaluation + "ResolvedProfile.cs", "return limit.Value >= declared.AllowedLow && limit.Value <= declared.AllowedHigh;", "return true;"),
        new("keeps windows over a change of the device", Engine + "PatientState.cs", "            Window(window).Clear();\n", ""),
        new("waits on for what nobody listened to", Engine + "RuleEngine.Patients.cs", "Math.Max(slot.MonitoredFrom, time.UnixMilliseconds)", "slot.MonitoredFrom"),
        new("forgets whether a window holds the newest sample in a snapshot", Evaluation + "Window.cs", "_state.HoldsNewest = input.Byte() != 0;", "_ = input.Byte();"),
    ];
}
