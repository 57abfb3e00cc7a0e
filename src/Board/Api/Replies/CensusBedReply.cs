namespace IoTGateway.Board.Api.Replies;

/// <summary>One bed.</summary>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed.</param>
/// <param name="Patient">The patient; absent for an empty bed.</param>
/// <param name="Devices">The devices that stand there.</param>
/// <param name="Monitored">Ids of the signals that are expected of the patient.</param>
/// <param name="Tags">Marks a clinician has set.</param>
/// <param name="Population">Whom the patient counts among; empty where nobody has said.</param>
internal sealed record CensusBedReply(
    string Ward, string Bed, string? Patient, IReadOnlyList<string> Devices, IReadOnlyList<string> Monitored, IReadOnlyList<string> Tags, string Population);
