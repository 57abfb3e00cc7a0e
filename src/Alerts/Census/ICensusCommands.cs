using IoTGateway.Alerts.Orders;

namespace IoTGateway.Alerts.Census;

/// <summary>Who is where, as people change it at the board. Safe from any thread.</summary>
public interface ICensusCommands
{
    /// <summary>The newest changes, newest first, at most 100.</summary>
    IReadOnlyList<CensusStep> Recent { get; }

    /// <summary>The census file that waits; null if none does.</summary>
    CensusImport? Waiting { get; }

    /// <summary>Changes who is where. Completes when the change is durable and the rules have followed it.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="by">The identity of the person.</param>
    /// <param name="cancellation">Ends the waiting, not the order.</param>
    Task<OrderAnswer> ChangeAsync(CensusOrder order, string by, CancellationToken cancellation);

    /// <summary>Puts the census file that waits into force, or drops it.</summary>
    /// <param name="apply">Whether it counts.</param>
    /// <param name="by">The identity of the person.</param>
    /// <param name="cancellation">Ends the waiting, not the order.</param>
    Task<OrderAnswer> DecideImportAsync(bool apply, string by, CancellationToken cancellation);
}
