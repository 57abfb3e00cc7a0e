namespace IoTGateway.Board.Api.Replies;

/// <summary>That a person has seen an alert.</summary>
/// <param name="Episode">The episode the person saw.</param>
/// <param name="By">The person's name or initials, as given; nobody is signed in yet.</param>
/// <param name="Note">What the person wrote; may be left out.</param>
internal sealed record AcknowledgeRequest(string? Episode, string? By, string? Note);
