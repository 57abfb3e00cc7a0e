namespace IoTGateway.Rules;

/// <summary>One level of an alert, for those who show rules.</summary>
/// <param name="Priority">How soon somebody has to act.</param>
/// <param name="When">The condition as written in the file.</param>
/// <param name="For">How long the condition must hold before the level is reached; 0: at once.</param>
public sealed record AlertLevel(AlertPriority Priority, string When, TimeSpan For);
