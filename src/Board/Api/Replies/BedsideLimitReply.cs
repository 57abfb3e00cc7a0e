namespace IoTGateway.Board.Api.Replies;

/// <summary>A limit that was set for one patient at the bedside.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Name">The same as people read it: "SpO2 low".</param>
/// <param name="Value">The value.</param>
/// <param name="By">Who set it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when, ISO 8601 in UTC.</param>
/// <param name="Until">When the limit of the rule files counts again, ISO 8601 in UTC.</param>
internal sealed record BedsideLimitReply(string Limit, string Name, double Value, string By, string Reason, string Since, string Until);
