namespace IoTGateway.Board.Api.Replies;

/// <summary>Who is where, and how it came so.</summary>
/// <param name="Beds">The beds in their fixed order.</param>
/// <param name="Steps">The newest changes, newest first.</param>
/// <param name="Waiting">The census file that waits; absent if none does.</param>
internal sealed record CensusReply(IReadOnlyList<CensusBedReply> Beds, IReadOnlyList<CensusStepReply> Steps, CensusImportReply? Waiting);
