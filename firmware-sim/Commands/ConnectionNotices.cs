using IoTGateway.FirmwareSim.Device;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary>
/// Turns what many devices report about their connections into few lines for a person: one when connections are missing, one each ten
/// seconds while they are, one when all are back.
/// </summary>
internal sealed class ConnectionNotices(string address, TimeProvider clock)
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _without = [];
    private string _reason = "";
    private long? _announced;

    /// <summary>A device reports.</summary>
    public void Observe(DeviceConnectionReport report)
    {
        lock (_gate)
        {
            if (report.Connected)
            {
                _without.Remove(report.ClientId);
            }
            else
            {
                _without.Add(report.ClientId);
                _reason = report.Reason;
            }
        }
    }

    /// <summary>The line to be shown now; null for none.</summary>
    public string? Next()
    {
        lock (_gate)
        {
            if (_without.Count == 0)
            {
                var back = _announced is not null;
                _announced = null;
                return back ? $"Connected to {address} again." : null;
            }

            if (_announced is { } last && clock.GetElapsedTime(last) < RepeatAfter)
            {
                return null;
            }

            _announced = clock.GetTimestamp();
            var who = _without.Count == 1 ? $"{_without.Single()} has" : $"{_without.Count} devices have";
            return $"{who} no connection to {address} ({_reason}); trying again.";
        }
    }
}
