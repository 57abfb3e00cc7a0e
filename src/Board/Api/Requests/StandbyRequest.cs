namespace IoTGateway.Board.Api.Requests;

/// <summary>The patient is away from the devices.</summary>
/// <param name="Minutes">For how long at most, in minutes; 1 to 720.</param>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record StandbyRequest(int? Minutes, string? Reason, string? By);
