namespace IoTGateway.Board.Api.Replies;

/// <summary>The observations of a patient.</summary>
/// <param name="Patient">Whose.</param>
/// <param name="Observations">Newest first.</param>
internal sealed record ObservationsReply(string Patient, IReadOnlyList<ObservationReply> Observations);
