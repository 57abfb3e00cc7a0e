using System.Globalization;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// Client ids for clients that bring none. Unique over restarts, since the end of the log and the clock at the start are part of them: two
/// starts at the same place of the log in the same millisecond do not happen.
/// </summary>
internal sealed class AssignedClientIds(LogPosition end, Instant start)
{
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"auto-{end.Address:x}-{start.UnixMilliseconds:x}-");
    private long _last;

    /// <summary>The next one.</summary>
    public string Next() => _prefix + Interlocked.Increment(ref _last).ToString("x", CultureInfo.InvariantCulture);
}
