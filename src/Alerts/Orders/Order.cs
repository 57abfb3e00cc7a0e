namespace IoTGateway.Alerts.Orders;

/// <summary>What a person wants done at an alert or a patient. It is a record of the log before it has an effect; the rules answer it.</summary>
public abstract record Order;
