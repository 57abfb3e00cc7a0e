namespace IoTGateway.Alerts.Care;

/// <summary>The JSON of a limit set at the bedside; see <see cref="CareRecord"/>.</summary>
internal sealed record CareLimitBody(string Limit, double Value, string By, string Reason, long Since, long Until);
