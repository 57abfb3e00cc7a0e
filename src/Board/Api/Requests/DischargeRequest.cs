namespace IoTGateway.Board.Api.Requests;

/// <summary>A patient leaves.</summary>
/// <param name="Reason">Why; needed while an alert stands.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record DischargeRequest(string? Reason, string? By);
