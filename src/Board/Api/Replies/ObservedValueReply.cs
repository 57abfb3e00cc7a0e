namespace IoTGateway.Board.Api.Replies;

/// <summary>One value of an observation.</summary>
/// <param name="Signal">The signal's id.</param>
/// <param name="Name">The signal's name.</param>
/// <param name="Text">As written: "37.2", "A", "on".</param>
/// <param name="Unit">The unit as people write it; empty for none.</param>
internal sealed record ObservedValueReply(string Signal, string Name, string Text, string Unit);
