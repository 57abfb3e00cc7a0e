namespace IoTGateway.Board.Api.Replies;

/// <summary>A signal of a patient over a time.</summary>
/// <param name="Patient">Whose.</param>
/// <param name="Signal">The signal's id.</param>
/// <param name="From">The first instant, ISO 8601 in UTC.</param>
/// <param name="To">The instant behind the last, ISO 8601 in UTC.</param>
/// <param name="Points">The points in the order of time.</param>
internal sealed record SeriesReply(string Patient, string Signal, string From, string To, IReadOnlyList<PointReply> Points);
