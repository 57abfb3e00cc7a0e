using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// Where everything is in a patient's state: first the signals in the order of the catalogue, then what is asked of windows, then the derived signals,
/// then the arithmetic that conditions compare with fixed numbers; each slot behind all it is computed from. The same for all patients.
/// </summary>
internal sealed class ProgramLayout
{
    private readonly Dictionary<string, int> _slotByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _slotByText = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Signal, long Length, WindowKind Kind), int> _windows = [];

    /// <summary>Lays out what a rule set needs.</summary>
    public ProgramLayout(RuleSetDefinition definition)
    {
        Catalogue = definition.Catalogue;
        var slots = new List<SlotInfo>();
        foreach (var declaration in definition.Signals)
        {
            Add(slots, SignalSlot.Of(declaration, definition), declaration.Signal.Id);
        }

        SignalCount = slots.Count;
        var windows = new List<WindowInfo>();
        foreach (var window in Expressions(definition).SelectMany(ExpressionParts.All).OfType<WindowExpression>())
        {
            AddWindow(slots, windows, window);
        }

        foreach (var derived in definition.Derived)
        {
            var kind = derived switch
            {
                ScoreDefinition => SlotKind.Score,
                SumDefinition => SlotKind.Sum,
                _ => SlotKind.Expression,
            };
            Add(slots, new SlotInfo { Id = derived.Name, Kind = kind, Display = derived.Display, Unit = derived.Unit }, derived.Name);
        }

        foreach (var condition in definition.Rules.SelectMany(Conditions).SelectMany(ExpressionParts.All))
        {
            AddArithmetic(slots, condition);
        }

        Slots = [.. slots];
        Windows = [.. windows];
        PaneCount = windows.Count * WindowInfo.Panes;
        HasSensorOff = Slots.Any(slot => slot.SensorOff.Count > 0);
        Connect();
    }

    /// <summary>The signals.</summary>
    public SignalCatalogue Catalogue { get; }

    /// <summary>All slots.</summary>
    public ImmutableArray<SlotInfo> Slots { get; }

    /// <summary>How many of them are signals; they are the first.</summary>
    public int SignalCount { get; }

    /// <summary>The windows.</summary>
    public ImmutableArray<WindowInfo> Windows { get; }

    /// <summary>How many panes all windows have.</summary>
    public int PaneCount { get; }

    /// <summary>How many of these count samples.</summary>
    public int CountCount { get; private set; }

    /// <summary>Whether any signal listens for device alarms that say its sensor is off.</summary>
    public bool HasSensorOff { get; }

    /// <summary>Whether there is a signal or derived signal of this name.</summary>
    public bool Knows(string name) => _slotByName.ContainsKey(name);

    /// <summary>The slot of a signal or derived signal.</summary>
    public int SlotOf(string name) => _slotByName.TryGetValue(name, out var slot) ? slot : throw new InvalidOperationException(
        $"There is no signal or derived signal '{name}' in a rule set that is said to be checked.");

    /// <summary>The slot of what is asked of a window.</summary>
    public int SlotOf(WindowExpression window) => _slotByText[TextOf(window)];

    /// <summary>The slot of arithmetic that is compared with a fixed number; null if it has none.</summary>
    public int? SlotOfArithmetic(Expression expression) => _slotByText.TryGetValue(TextOf(expression), out var slot) ? slot : null;

    /// <summary>All expressions of a rule set.</summary>
    private static IEnumerable<Expression> Expressions(RuleSetDefinition definition) =>
        definition.Rules.SelectMany(Conditions)
            .Concat(definition.Rules.SelectMany(rule => rule.Messages()).Select(piece => piece.Value).OfType<Expression>())
            .Concat(definition.Derived.OfType<ExpressionDefinition>().Select(derived => derived.Value))
            .Concat(definition.Derived.OfType<ScoreDefinition>().SelectMany(score => score.Rows).Select(row => row.Condition));

    private static IEnumerable<Expression> Conditions(RuleDefinition rule)
    {
        var levels = rule.Levels.Select(level => level.When);
        return rule.ClearWhen is null ? levels : levels.Append(rule.ClearWhen);
    }

    private void Add(List<SlotInfo> slots, SlotInfo slot, string name)
    {
        if (!_slotByName.TryAdd(name, slots.Count))
        {
            throw new InvalidOperationException($"The name '{name}' stands twice in a rule set that is said to be checked.");
        }

        slots.Add(slot);
    }

    private void AddWindow(List<SlotInfo> slots, List<WindowInfo> windows, WindowExpression window)
    {
        if (!_slotByText.TryAdd(TextOf(window), slots.Count))
        {
            return;
        }

        var signal = SlotOf(window.Signal);
        var key = (signal, (long)window.Length.TotalMilliseconds, WindowInfo.KindOf(window.Function));
        if (!_windows.TryGetValue(key, out var place))
        {
            place = windows.Count;
            _windows.Add(key, place);
            windows.Add(new WindowInfo(signal, key.Item2, key.Item3, place * WindowInfo.Panes, CountCount));
            CountCount += key.Item3 == WindowKind.Sums ? WindowInfo.Panes : 0;
        }

        var measured = slots[signal];
        var function = window.Function.ToString().ToLowerInvariant();
        var counts = window.Function == WindowFunction.Count;
        slots.Add(new SlotInfo
        {
            Id = window.Print(),
            Kind = SlotKind.Window,
            Window = place,
            Function = window.Function,
            Display = new Display(
                $"{measured.Display.Label} {function} over {Durations.Format(window.Length)}", counts ? "" : measured.Display.Unit, counts ? 0 : measured.Display.Decimals),
            Unit = counts ? "" : measured.Unit,
        });
    }

    private void AddArithmetic(List<SlotInfo> slots, Expression condition)
    {
        var computed = condition switch
        {
            ComparisonExpression comparison when comparison.Right.IsConstant() => comparison.Left,
            ComparisonExpression comparison when comparison.Left.IsConstant() => comparison.Right,
            BetweenExpression between when between.Low.IsConstant() && between.High.IsConstant() => between.Operand,
            _ => null,
        };
        if (computed is not null && computed.IsComputed() && _slotByText.TryAdd(TextOf(computed), slots.Count))
        {
            slots.Add(new SlotInfo { Id = computed.Print(), Kind = SlotKind.Expression, Expression = computed });
        }
    }

    private void Connect()
    {
        for (var window = 0; window < Windows.Length; window++)
        {
            var info = Windows[window];
            info.Slots = [.. Enumerable.Range(0, Slots.Length).Where(slot => Slots[slot].Window == window)];
            Slots[info.Signal].Windows = [.. Slots[info.Signal].Windows, window];
        }
    }

    /// <summary>Windows are told apart by their length in milliseconds, not by how it is written for people.</summary>
    private static string TextOf(Expression expression) => expression.Print(part => part is WindowExpression window
        ? FormattableString.Invariant($"{window.Function}({window.Signal}, {(long)window.Length.TotalMilliseconds} ms)")
        : null);
}
