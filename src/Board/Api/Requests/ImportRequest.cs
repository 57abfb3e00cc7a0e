namespace IoTGateway.Board.Api.Requests;

/// <summary>What becomes of the census file that waits.</summary>
/// <param name="Apply">Whether it counts; false drops it.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record ImportRequest(bool? Apply, string? By);
