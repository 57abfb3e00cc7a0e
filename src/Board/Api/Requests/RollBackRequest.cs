namespace IoTGateway.Board.Api.Requests;

/// <summary>An older rule set is put into force.</summary>
/// <param name="Version">The beginning of its version.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record RollBackRequest(string? Version, string? By);
