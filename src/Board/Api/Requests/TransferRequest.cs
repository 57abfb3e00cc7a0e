namespace IoTGateway.Board.Api.Requests;

/// <summary>A patient goes to another bed.</summary>
/// <param name="Ward">The ward of the new bed.</param>
/// <param name="Bed">The new bed.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record TransferRequest(string? Ward, string? Bed, string? By);
