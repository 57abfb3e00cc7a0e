namespace IoTGateway.Board.Api.Requests;

/// <summary>A device goes to another bed, or to none.</summary>
/// <param name="Ward">The ward of the bed; left out for none.</param>
/// <param name="Bed">The bed; left out for none.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record MoveDeviceRequest(string? Ward, string? Bed, string? By);
