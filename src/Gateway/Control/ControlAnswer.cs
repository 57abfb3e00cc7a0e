namespace IoTGateway.Control;

/// <summary>What came of a request.</summary>
/// <param name="Done">Whether it was done.</param>
/// <param name="Message">A sentence for a person.</param>
internal sealed record ControlAnswer(bool Done, string Message);
