namespace IoTGateway.Notifications.Channels;

/// <summary>What came of a try to send a page.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Reason">Why, in a sentence; empty where all went well. Never quotes the page.</param>
/// <param name="MayHaveArrived">Of a failed try: whether the server may have taken it nevertheless.</param>
internal sealed record SendResult(SendOutcome Outcome, string Reason, bool MayHaveArrived)
{
    public static SendResult Taken { get; } = new(SendOutcome.Taken, "", false);

    public static SendResult Delivered { get; } = new(SendOutcome.Delivered, "", false);
}
