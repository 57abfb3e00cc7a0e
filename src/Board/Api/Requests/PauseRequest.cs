namespace IoTGateway.Board.Api.Requests;

/// <summary>A care pause of one patient.</summary>
/// <param name="Minutes">2, 5 or 10.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record PauseRequest(int? Minutes, string? By);
