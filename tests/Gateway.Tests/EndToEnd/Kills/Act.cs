namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>Something that was sent to the gateway.</summary>
/// <param name="Kind">What.</param>
/// <param name="Mark">Its own text or number, by which it is found in the log.</param>
/// <param name="Subject">The episode of an acknowledgement or a silence; the patient of the others.</param>
/// <param name="Answer">What became of it.</param>
internal sealed record Act(ActKind Kind, string Mark, string Subject, ActAnswer Answer);
