namespace IoTGateway.Board.Api.Replies;

/// <summary>The limits of a patient.</summary>
/// <param name="Patient">Whose.</param>
/// <param name="Limits">By name.</param>
internal sealed record LimitsReply(string Patient, IReadOnlyList<LimitReply> Limits);
