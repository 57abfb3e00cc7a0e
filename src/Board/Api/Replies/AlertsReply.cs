namespace IoTGateway.Board.Api.Replies;

/// <summary>The alerts at one moment.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Complete">Whether the ledger has caught up after the start; until then alerts may be missing.</param>
/// <param name="Alerts">Those that have not ended, in the order of the beds.</param>
/// <param name="Recent">The newest transitions, newest first; absent unless asked for.</param>
internal sealed record AlertsReply(string Time, bool Complete, IReadOnlyList<AlertReply> Alerts, IReadOnlyList<AlertReply>? Recent);
