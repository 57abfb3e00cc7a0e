namespace IoTGateway.Alerts.Orders;

/// <summary>The patient is away from the devices, for example in the theatre: nothing is expected, and nobody is called.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="For">For how long at most; 1 min to 12 h. After it the patient counts as there again.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record StandBy(string Patient, TimeSpan For, string Reason) : Order;
