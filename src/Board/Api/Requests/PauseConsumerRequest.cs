namespace IoTGateway.Board.Api.Requests;

/// <summary>A consumer stands still.</summary>
/// <param name="StopMonitoring">For the rules and the alerts: it is understood that nobody is warned meanwhile.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record PauseConsumerRequest(bool? StopMonitoring, string? By);
