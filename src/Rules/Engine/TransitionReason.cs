using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>Why an alert changed.</summary>
/// <param name="Words">In words.</param>
/// <param name="Leaf">The comparison that decided.</param>
internal readonly record struct TransitionReason(string Words, LeafCondition Leaf);
