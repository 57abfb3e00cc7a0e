using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Definitions;

/// <summary>A signal computed by arithmetic: <c>map_calc: { value: (sbp + 2 * dbp) / 3, valid for: 15 min }</c>.</summary>
internal sealed record ExpressionDefinition : DerivedDefinition
{
    /// <summary>The expression; a number.</summary>
    public required Expression Value { get; init; }
}
