namespace IoTGateway.Board.Api.Requests;

/// <summary>Ends a silence before its time.</summary>
/// <param name="Episode">The episode the person saw.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record EndSilenceRequest(string? Episode, string? By);
