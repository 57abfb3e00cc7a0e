namespace IoTGateway.Board.Api.Requests;

/// <summary>Sets a limit of one patient.</summary>
/// <param name="Value">The value, in the unit of the rule files.</param>
/// <param name="Minutes">For how long, in minutes; 5 to 10080.</param>
/// <param name="Reason">Why, in words; 1 to 500 characters.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record LimitRequest(double? Value, int? Minutes, string? Reason, string? By);
