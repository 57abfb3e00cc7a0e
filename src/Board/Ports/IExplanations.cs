using IoTGateway.Rules;

namespace IoTGateway.Board.Ports;

/// <summary>Why alerts are or are not raised. Safe from any thread.</summary>
public interface IExplanations
{
    /// <summary>Why an alert of a patient is or is not raised; null if there is no such patient or alert. May take seconds.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="alert">The alert's name or slug.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<Explanation?> ExplainAsync(string patient, string alert, CancellationToken cancellation);
}
