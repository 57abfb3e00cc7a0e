using IoTGateway.Readings;

namespace IoTGateway.Notifications.Records;

/// <summary>What became of a page on its channel: a record of the log.</summary>
/// <param name="Key">The page's key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="State">What became of it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why it failed or was not sent, in words; empty otherwise.</param>
/// <param name="MayHaveArrived">Of a failed try: whether the receiver may have taken it nevertheless, so that the next one is a repeat.</param>
public sealed record PageReceipt(string Key, string Channel, PageState State, Instant At, string Reason, bool MayHaveArrived);
