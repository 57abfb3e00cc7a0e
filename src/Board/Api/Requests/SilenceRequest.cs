namespace IoTGateway.Board.Api.Requests;

/// <summary>Silences one alert for a time: it is shown, but calls nobody.</summary>
/// <param name="Episode">The episode the person saw.</param>
/// <param name="Seconds">For how long, in seconds; at most 120 for high priority, 14400 for technical alerts, 900 for the others.</param>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record SilenceRequest(string? Episode, int? Seconds, string? Reason, string? By);
