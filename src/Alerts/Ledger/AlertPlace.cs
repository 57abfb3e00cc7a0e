namespace IoTGateway.Alerts.Ledger;

/// <summary>Where a patient lies.</summary>
/// <param name="Ward">The ward, or <c>unassigned</c>.</param>
/// <param name="Bed">The bed; empty for an unassigned device.</param>
internal readonly record struct AlertPlace(string Ward, string Bed);
