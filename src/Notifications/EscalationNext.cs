using IoTGateway.Readings;

namespace IoTGateway.Notifications;

/// <summary>Who is told next if nobody acknowledges.</summary>
/// <param name="At">When.</param>
/// <param name="Role">The role; of a repetition, those of all stages.</param>
/// <param name="Waits">Whether it waits for the end of a silence or a pause: the time is that end.</param>
public sealed record EscalationNext(Instant At, string Role, bool Waits);
