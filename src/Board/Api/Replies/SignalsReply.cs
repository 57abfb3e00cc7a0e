namespace IoTGateway.Board.Api.Replies;

/// <summary>The signals the gateway knows.</summary>
/// <param name="Signals">In the order of the file.</param>
internal sealed record SignalsReply(IReadOnlyList<SignalReply> Signals);
