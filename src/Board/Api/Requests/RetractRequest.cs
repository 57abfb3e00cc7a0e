namespace IoTGateway.Board.Api.Requests;

/// <summary>An observation is taken back.</summary>
/// <param name="Revision">The version the person saw.</param>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record RetractRequest(int? Revision, string? Reason, string? By);
