namespace IoTGateway.Alerts.Care;

/// <summary>A limit as it counts for one patient, and what may be set.</summary>
/// <param name="Limit">The limit's name, for example <c>spo2_low</c>.</param>
/// <param name="Value">What counts now.</param>
/// <param name="FromFiles">What the rule files say for this patient.</param>
/// <param name="Lowest">The lowest value that may be set; null where none may be set at the bedside.</param>
/// <param name="Highest">The highest one.</param>
/// <param name="Signals">The ids of the signals that rules compare with it, so that it can be drawn into their charts.</param>
/// <param name="AtBedside">What was set at the bedside; null for nothing.</param>
public sealed record LimitView(
    string Limit, double Value, double FromFiles, double? Lowest, double? Highest, IReadOnlyList<string> Signals, BedsideLimit? AtBedside);
