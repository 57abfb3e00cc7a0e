namespace IoTGateway.Rules.Definitions;

/// <summary>Another value for a limit.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Value">The value; within what the limit allows.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record LimitOverride(string Limit, double Value, Place Place);
