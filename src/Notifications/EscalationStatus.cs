namespace IoTGateway.Notifications;

/// <summary>How far the escalation of one alert has come.</summary>
/// <param name="Episode">The <see cref="Alerts.AlertStatus.Episode"/>.</param>
/// <param name="Ward">Where.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Next">The next step: a stage, or the repetition after the last one; null where none follows.</param>
/// <param name="NobodyReached">Whether all stages have gone by and nobody has acknowledged.</param>
/// <param name="Pages">Who was told so far, oldest first.</param>
public sealed record EscalationStatus(
    string Episode, string Ward, string Patient, EscalationNext? Next, bool NobodyReached, IReadOnlyList<PageStatus> Pages);
