using IoTGateway.Alerts.Care;

namespace IoTGateway.Alerts;

/// <summary>What the rules have seen and concluded, for those who show it. Safe from any thread.</summary>
public interface IWardView
{
    /// <summary>Everything there is to show, taken at one moment.</summary>
    WardSnapshot Snapshot();

    /// <summary>Completes when an alert has changed since a snapshot of this version.</summary>
    Task WaitForAlertChangeAsync(long alertVersion, CancellationToken cancellation);

    /// <summary>The newest transitions, newest first, at most <paramref name="most"/>.</summary>
    IReadOnlyList<AlertStatus> RecentTransitions(int most);

    /// <summary>The limits that count for a patient, by name; empty for one whom the rules do not know.</summary>
    IReadOnlyList<LimitView> Limits(string patient);
}
