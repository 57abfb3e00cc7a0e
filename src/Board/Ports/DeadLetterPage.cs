namespace IoTGateway.Board.Ports;

/// <summary>The newest dead letters.</summary>
/// <param name="Letters">Newest first.</param>
/// <param name="More">Whether there are more.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, bool More);
