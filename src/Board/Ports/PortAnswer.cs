namespace IoTGateway.Board.Ports;

/// <summary>What came of a person's request.</summary>
/// <param name="Done">Whether it was done.</param>
/// <param name="Sentence">For the person: what was done, or why not and what would be possible.</param>
public sealed record PortAnswer(bool Done, string Sentence);
