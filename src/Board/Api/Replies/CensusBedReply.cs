namespace IoTGateway.Board.Api.Replies;

/// <summary>One bed.</summary>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed.</param>
/// <param name="Patient">The patient; absent for an empty bed.</param>
/// <param name="Devices">The devices that stand there.</param>
internal sealed record CensusBedReply(string Ward, string Bed, string? Patient, IReadOnlyList<string> Devices);
