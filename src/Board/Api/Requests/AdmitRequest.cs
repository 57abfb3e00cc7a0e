namespace IoTGateway.Board.Api.Requests;

/// <summary>A patient comes to an empty bed.</summary>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed.</param>
/// <param name="Patient">The patient's opaque id.</param>
/// <param name="Tags">Marks a clinician has set; may be left out.</param>
/// <param name="Population">"adults", "children" or "pregnant"; left out where nobody has said.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record AdmitRequest(string? Ward, string? Bed, string? Patient, IReadOnlyList<string>? Tags, string? Population, string? By);
