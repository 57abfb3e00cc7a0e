namespace IoTGateway.Rules.Evaluation;

/// <summary>A level of an alert ready to be evaluated.</summary>
/// <param name="Priority">Its priority.</param>
/// <param name="When">The condition.</param>
/// <param name="For">How long it has to hold, in milliseconds.</param>
internal sealed record CompiledLevel(AlertPriority Priority, Condition When, long For);
