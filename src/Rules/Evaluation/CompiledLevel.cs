namespace IoTGateway.Rules.Evaluation;

/// <summary>A level of an alert ready to be evaluated.</summary>
/// <param name="Priority">Its priority.</param>
/// <param name="When">The condition.</param>
/// <param name="For">How long it has to hold, in milliseconds.</param>
/// <param name="Message">What people read while the alert is at this level.</param>
internal sealed record CompiledLevel(AlertPriority Priority, Condition When, long For, MessageTemplate Message);
