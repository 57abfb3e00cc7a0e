namespace IoTGateway.Alerts.Census;

/// <summary>A change of who is where, as a person orders it at the board.</summary>
public abstract record CensusOrder;
