namespace IoTGateway.Board.Api.Requests;

/// <summary>What is known of a patient changes. What is left out stays as it is.</summary>
/// <param name="Monitored">Ids of the signals that are expected.</param>
/// <param name="Tags">Marks a clinician has set.</param>
/// <param name="Population">"adults", "children", "pregnant", or empty where nobody knows.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record ChangePatientRequest(IReadOnlyList<string>? Monitored, IReadOnlyList<string>? Tags, string? Population, string? By);
