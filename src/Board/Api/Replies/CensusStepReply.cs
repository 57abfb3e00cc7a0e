namespace IoTGateway.Board.Api.Replies;

/// <summary>A change of who is where.</summary>
/// <param name="Id">By which it can be undone.</param>
/// <param name="At">When it was recorded, ISO 8601 in UTC.</param>
/// <param name="From">From when on it holds, ISO 8601 in UTC.</param>
/// <param name="By">Who did it; empty for the census file.</param>
/// <param name="Words">What was done.</param>
/// <param name="Reason">Why; absent for nothing.</param>
/// <param name="MayBeUndone">Whether it can be undone.</param>
internal sealed record CensusStepReply(long Id, string At, string From, string By, string Words, string? Reason, bool MayBeUndone);
