using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Definitions;

/// <summary>One row of a score table.</summary>
/// <param name="Condition">
/// When it applies: comparisons, <c>between</c> and <c>is</c> of single inputs, joined by <c>and</c>. <c>"92 to 93"</c> stands here as <c>between</c>.
/// </param>
/// <param name="Points">What it gives.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ScoreRow(Expression Condition, double Points, Place Place);
