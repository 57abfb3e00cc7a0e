namespace IoTGateway.Alerts.Orders;

/// <summary>Takes orders of people. Safe from any thread.</summary>
public interface IOrders
{
    /// <summary>Gives an order. Completes when the outcome is durable.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="by">The identity of the person.</param>
    /// <param name="cancellation">Ends the waiting, not the order.</param>
    /// <exception cref="Queue.LogFailedException">It could not be recorded.</exception>
    Task<OrderAnswer> GiveAsync(Order order, string by, CancellationToken cancellation);
}
