namespace IoTGateway.Board.Api.Requests;

/// <summary>One value of an observation.</summary>
/// <param name="Signal">The signal's id, for example <c>temp</c> or <c>avpu</c>.</param>
/// <param name="Value">As written: a number, a letter ("A"), "on" or "off".</param>
internal sealed record ObservedValueRequest(string? Signal, string? Value);
