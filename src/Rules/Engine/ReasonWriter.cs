using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>Says in words why an alert changed, and which comparison decided.</summary>
internal delegate TransitionReason ReasonWriter(CompiledRule rule, in Frame frame);
