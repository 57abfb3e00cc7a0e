namespace IoTGateway.Board.Api.Requests;

/// <summary>That a person has seen an alert.</summary>
/// <param name="Episode">The episode the person saw.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
/// <param name="Note">What the person wrote; may be left out.</param>
/// <param name="State">The state the person saw: "active", "clearing" or "latched"; with <c>Priority</c>, one that is more urgent by now is refused. May be left out.</param>
/// <param name="Priority">The priority the person saw: "high", "medium" or "low"; goes with <c>State</c>.</param>
internal sealed record AcknowledgeRequest(string? Episode, string? By, string? Note, string? State, string? Priority);
