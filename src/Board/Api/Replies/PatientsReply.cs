namespace IoTGateway.Board.Api.Replies;

/// <summary>The wards at one moment.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Patients">The beds in their fixed order, then unassigned devices.</param>
internal sealed record PatientsReply(string Time, IReadOnlyList<PatientReply> Patients);
