namespace IoTGateway.Board.Api.Replies;

/// <summary>A limit as it counts for one patient.</summary>
/// <param name="Limit">The limit's name, for example <c>spo2_low</c>.</param>
/// <param name="Name">The same as people read it: "SpO2 low".</param>
/// <param name="Value">What counts now.</param>
/// <param name="FromFiles">What the rule files say for this patient.</param>
/// <param name="Lowest">The lowest value that may be set; absent where none may be set at the bedside.</param>
/// <param name="Highest">The highest one.</param>
/// <param name="Unit">The unit as people write it; empty for none.</param>
/// <param name="Signals">The signals that rules compare with it.</param>
/// <param name="AtBedside">What was set at the bedside; absent for nothing.</param>
internal sealed record LimitReply(
    string Limit,
    string Name,
    double Value,
    double FromFiles,
    double? Lowest,
    double? Highest,
    string Unit,
    IReadOnlyList<string> Signals,
    BedsideLimitReply? AtBedside);
