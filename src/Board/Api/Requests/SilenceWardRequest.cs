namespace IoTGateway.Board.Api.Requests;

/// <summary>Silences the alerts of a ward that stand now, but none of high priority.</summary>
/// <param name="Kind">"physiological" or "technical".</param>
/// <param name="Seconds">For how long, in seconds; cut to what each alert allows.</param>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record SilenceWardRequest(string? Kind, int? Seconds, string? Reason, string? By);
