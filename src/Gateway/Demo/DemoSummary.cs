using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Hosting;
using IoTGateway.Rules;

namespace IoTGateway.Demo;

/// <summary>The demo's console: a line for each alert, and a live line with readings a second, queue depth and alerts.</summary>
internal sealed class DemoSummary(GatewayHost gateway, TimeProvider clock, TextWriter output, bool isTerminal)
{
    private const int AlertsAtMost = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Where the line cannot be written over, one in so many is written.</summary>
    private const int LinesApart = 5;

    private readonly HashSet<(string Episode, AlertState State)> _told = [];
    private long _acknowledged;
    private int _ticks;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var old in gateway.Alerts.RecentTransitions(AlertsAtMost))
        {
            _told.Add((old.Episode, old.State));
        }

        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                TellAlerts();
                TellFigures();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    private void TellAlerts()
    {
        foreach (var alert in gateway.Alerts.RecentTransitions(AlertsAtMost).Reverse())
        {
            if (alert.State != AlertState.Pending && _told.Add((alert.Episode, alert.State)))
            {
                ClearLine();
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Now()}  {Word(alert),-8} {alert.Bed,-6} {alert.Alert}: {(alert.State == AlertState.Active ? alert.Message : alert.Reason)}"));
            }
        }

        if (_told.Count > 10_000)
        {
            _told.Clear();
        }
    }

    private void TellFigures()
    {
        var acknowledged = gateway.Broker.Counters.Acknowledged;
        var rate = acknowledged - _acknowledged;
        _acknowledged = acknowledged;
        if (!isTerminal && ++_ticks % LinesApart != 1)
        {
            return;
        }

        var depths = string.Join(", ", gateway.Log.Consumers.Select(consumer => string.Create(CultureInfo.InvariantCulture, $"{consumer.Name} {consumer.Depth}")));
        var alerts = gateway.Alerts.Snapshot().Tiles.SelectMany(tile => tile.Alerts).Where(alert => alert.State is AlertState.Active or AlertState.Clearing or AlertState.Latched).ToList();
        ClearLine();
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{Now()}  {rate} readings/s | waiting in queues: {depths} | alerts: {Count(alerts, AlertPriority.High)} high, {Count(alerts, AlertPriority.Medium)} medium, {Count(alerts, AlertPriority.Low)} low"));
        if (!isTerminal)
        {
            output.WriteLine();
        }

        output.Flush();
    }

    private static int Count(List<AlertStatus> alerts, AlertPriority priority) => alerts.Count(alert => alert.Priority == priority);

    private static string Word(AlertStatus alert) => alert.State switch
    {
        AlertState.Active => alert.Priority.ToString().ToUpperInvariant(),
        AlertState.Clearing => "clearing",
        AlertState.Latched => "latched",
        _ => "over",
    };

    private string Now() => clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Takes the live line away, so that what follows stands on a line of its own.</summary>
    private void ClearLine()
    {
        if (isTerminal)
        {
            output.Write("\r\e[K");
        }
    }
}
