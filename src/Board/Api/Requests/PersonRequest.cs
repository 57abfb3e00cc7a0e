namespace IoTGateway.Board.Api.Requests;

/// <summary>What needs nothing but a person who does it.</summary>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record PersonRequest(string? By);
