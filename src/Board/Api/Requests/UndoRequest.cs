namespace IoTGateway.Board.Api.Requests;

/// <summary>A change of who is where was wrong.</summary>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record UndoRequest(string? Reason, string? By);
