using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>All the engine keeps of one patient: rows of fixed size, and the alerts that are not idle.</summary>
internal sealed class PatientState
{
    /// <summary>The alerts that are not idle. A field, since it is changed in place.</summary>
    public LiveAlerts Alerts;

    /// <summary>Makes the state of a patient of whom nothing is known.</summary>
    public PatientState(int handle, PatientProfile profile, LoadedRules rules)
    {
        Handle = handle;
        Profile = profile;
        Rules = rules;
        Program = rules.ProgramFor(profile);
        (Signals, Derived, Windows, Panes, Counts) = Rows(Program.Layout);
        Alerts = new LiveAlerts(Program.Rules.Length);
        Forget();
    }

    /// <summary>Its place in the engine.</summary>
    public int Handle { get; }

    /// <summary>What is known of the patient.</summary>
    public PatientProfile Profile { get; set; }

    /// <summary>The rules it has been brought under.</summary>
    public LoadedRules Rules { get; private set; }

    /// <summary>Those rules as they are for this patient.</summary>
    public RuleProgram Program { get; set; }

    /// <summary>The patient's clock: the instant of the last input. It never goes back.</summary>
    public long Clock { get; set; } = SlotState.Never;

    /// <summary>No signal, computed slot or alert changes by time before this; it may be too early.</summary>
    public long Due { get; set; } = SlotState.None;

    /// <summary>When the next pane of a window goes.</summary>
    public long WindowDue { get; set; } = SlotState.None;

    /// <summary>The signals, by their index.</summary>
    public SlotState[] Signals { get; private set; }

    /// <summary>What is computed, by slot, less the number of signals.</summary>
    public DerivedState[] Derived { get; private set; }

    /// <summary>The windows.</summary>
    public WindowState[] Windows { get; private set; }

    /// <summary>The panes of all windows.</summary>
    public double[] Panes { get; private set; }

    /// <summary>How many samples are in the panes of those windows that count.</summary>
    public ushort[] Counts { get; private set; }

    /// <summary>A window with its panes.</summary>
    public Window Window(int window) => new(Program.Layout.Windows[window], ref Windows[window], Panes, Counts);

    /// <summary>Forgets the values and windows, not the alerts.</summary>
    public void Forget()
    {
        Array.Fill(Signals, SlotState.Empty);
        Array.Fill(Derived, DerivedState.Empty);
        for (var window = 0; window < Windows.Length; window++)
        {
            Window(window).Clear();
        }

        WindowDue = SlotState.None;
    }

    /// <summary>Goes over to the next rules with what is known of the signals, windows and alerts that they still have. Nothing is evaluated.</summary>
    /// <param name="scratch">Room for as many alerts as the rules before had; it means nothing before and after.</param>
    public void GoOver(Span<AlertCell> scratch)
    {
        var before = Program;
        var carryOver = Rules.CarryOver!;
        Rules = Rules.Next!;
        Program = Rules.ProgramFor(Profile);
        var alerts = scratch[..Alerts.TakeOut(scratch, Program.Rules.Length)];
        if (carryOver.KeepsRows)
        {
            KeepRows();
        }
        else
        {
            MoveRows(before, carryOver);
        }

        for (var rule = 0; alerts.Length > 0 && rule < Program.Rules.Length; rule++)
        {
            var from = carryOver.RuleFrom[rule];
            foreach (ref readonly var alert in alerts)
            {
                if (alert.Rule == from)
                {
                    Alerts.Add(Carried(alert, before.Rules[from], Program.Rules[rule], carryOver));
                }
            }
        }
    }

    /// <summary>
    /// The usual case, for example another limit: all rows stay where they are, only what is computed is forgotten. New ones for a whole hospital would
    /// be hundreds of megabytes, and readings would wait for the collector.
    /// </summary>
    private void KeepRows()
    {
        var computed = Program.Layout.Slots.Length - Program.Layout.SignalCount;
        Derived = Derived.Length == computed ? Derived : new DerivedState[computed];
        Array.Fill(Derived, DerivedState.Empty);
        WindowDue = SlotState.None;
        for (var window = 0; window < Windows.Length; window++)
        {
            WindowDue = Math.Min(WindowDue, Window(window).Due);
        }
    }

    private void MoveRows(RuleProgram before, RuleCarryOver carryOver)
    {
        var (signals, windows, panes, counts) = (Signals, Windows, Panes, Counts);
        (Signals, Derived, Windows, Panes, Counts) = Rows(Program.Layout);
        Forget();
        for (var signal = 0; signal < Signals.Length; signal++)
        {
            if (carryOver.SignalFrom[signal] is >= 0 and var from)
            {
                Signals[signal] = signals[from];
            }
        }

        for (var window = 0; window < Windows.Length; window++)
        {
            if (carryOver.WindowFrom[window] is >= 0 and var from)
            {
                Windows[window] = windows[from];
                Take(before.Layout.Windows[from], panes, counts, Program.Layout.Windows[window]);
                WindowDue = Math.Min(WindowDue, Window(window).Due);
            }
        }
    }

    private void Take(WindowInfo from, double[] panes, ushort[] counts, WindowInfo to)
    {
        panes.AsSpan(from.FirstPane, WindowInfo.Panes).CopyTo(Panes.AsSpan(to.FirstPane));
        if (to.Kind == WindowKind.Sums)
        {
            counts.AsSpan(from.FirstCount, WindowInfo.Panes).CopyTo(Counts.AsSpan(to.FirstCount));
        }
    }

    /// <summary>An alert under the next rules; what has to be told of it is left to its evaluation.</summary>
    private static AlertCell Carried(AlertCell cell, CompiledRule before, CompiledRule rule, RuleCarryOver carryOver)
    {
        cell.Rule = (ushort)rule.Rule.Index;
        cell.SuppressedBy = cell.SuppressedBy < 0 ? cell.SuppressedBy
            : carryOver.RuleFrom.IndexOf(cell.SuppressedBy) is >= 0 and var suppressor ? (short)suppressor
            : AlertCell.Gone;
        cell.PriorityBefore = before.Levels[cell.Level].Priority;
        if (before.Hash != rule.Hash)
        {
            cell.Carried = CarriedAs.Changed;
            cell.Level = (byte)LevelOf(cell.PriorityBefore, rule);
        }
        else if (cell.IsRaised && cell.PriorityBefore != rule.Levels[cell.Level].Priority)
        {
            cell.Carried = CarriedAs.OtherPriority;
        }

        return cell;
    }

    /// <summary>The level with this priority, else the highest below it, else the lowest.</summary>
    private static int LevelOf(AlertPriority priority, CompiledRule rule)
    {
        var level = rule.Levels.Length - 1;
        while (level > 0 && rule.Levels[level].Priority > priority)
        {
            level--;
        }

        return level;
    }

    private static (SlotState[] Signals, DerivedState[] Derived, WindowState[] Windows, double[] Panes, ushort[] Counts) Rows(ProgramLayout layout) =>
    (
        new SlotState[layout.SignalCount], new DerivedState[layout.Slots.Length - layout.SignalCount], new WindowState[layout.Windows.Length],
        new double[layout.PaneCount], new ushort[layout.CountCount]);
}
