namespace IoTGateway.Alerts.Orders;

/// <summary>The answer to an order.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Sentence">For the person who gave it: what was done, or why not and what would be possible.</param>
public sealed record OrderAnswer(OrderOutcome Outcome, string Sentence);
