namespace IoTGateway.Board.Api.Replies;

/// <summary>That a person has seen an alert.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, ISO 8601 in UTC.</param>
/// <param name="Note">What the person wrote; absent for nothing.</param>
internal sealed record AcknowledgementReply(string By, string At, string? Note);
