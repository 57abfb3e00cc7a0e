namespace IoTGateway.Board.Api.Replies;

/// <summary>An observation.</summary>
/// <param name="Id">Its id; a correction keeps it.</param>
/// <param name="Patient">Whom it is about.</param>
/// <param name="Taken">When it was taken, ISO 8601 in UTC.</param>
/// <param name="By">The author.</param>
/// <param name="Values">The values.</param>
/// <param name="Note">What the author wrote; absent for nothing.</param>
/// <param name="Revision">Which version of it this is, from 1.</param>
/// <param name="Recorded">When it was recorded or last corrected, ISO 8601 in UTC.</param>
/// <param name="Retracted">Why it was taken back; absent while it counts.</param>
internal sealed record ObservationReply(
    string Id,
    string Patient,
    string Taken,
    string By,
    IReadOnlyList<ObservedValueReply> Values,
    string? Note,
    int Revision,
    string Recorded,
    string? Retracted);
