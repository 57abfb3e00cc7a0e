namespace IoTGateway.Rules;

/// <summary>Who is told next while nobody acknowledges. Time does not change the priority.</summary>
/// <param name="After">How long after the raise.</param>
/// <param name="Notify">The role, as rosters name it.</param>
public sealed record EscalationStage(TimeSpan After, string Notify);
