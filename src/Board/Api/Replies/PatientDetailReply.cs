namespace IoTGateway.Board.Api.Replies;

/// <summary>One patient at one moment.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Patient">The patient, the bed, values and alerts.</param>
internal sealed record PatientDetailReply(string Time, PatientReply Patient);
