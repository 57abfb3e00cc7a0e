namespace IoTGateway.Alerts.Ledger;

/// <summary>The JSON of one of the newest silences of an episode; see <see cref="AlertEventRecord"/>.</summary>
internal sealed record PastSilenceBody(string By, long At);
