using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>What a person saw of an alert when deciding upon it.</summary>
/// <param name="State">Its state.</param>
/// <param name="Priority">Its priority.</param>
public sealed record SeenState(AlertState State, AlertPriority Priority);
