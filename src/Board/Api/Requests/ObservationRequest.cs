namespace IoTGateway.Board.Api.Requests;

/// <summary>What a person has measured or seen, or a correction of it.</summary>
/// <param name="Patient">Whom it is about; of a correction it may be left out.</param>
/// <param name="Taken">When it was taken: ISO 8601 with offset or Z, or Unix milliseconds; left out: now, of a correction as before.</param>
/// <param name="Values">The values, each signal at most once; of a correction all of them.</param>
/// <param name="Note">What the author wrote; at most 500 characters. Left out of a correction: as before.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
/// <param name="Revision">Of a correction: the version the person saw.</param>
internal sealed record ObservationRequest(string? Patient, string? Taken, IReadOnlyList<ObservedValueRequest>? Values, string? Note, string? By, int? Revision);
