using IoTGateway.Readings;

namespace IoTGateway.Notifications;

/// <summary>Who is told next if nobody acknowledges.</summary>
/// <param name="At">When; of what waits for a silence, its end; null for the end of a care pause or standby, which stands with the patient.</param>
/// <param name="Role">The roles; of a raise also the persons; of a repetition, those of all stages.</param>
/// <param name="WaitsFor">What has to be over before.</param>
public sealed record EscalationNext(Instant? At, string Role, EscalationWait WaitsFor);
