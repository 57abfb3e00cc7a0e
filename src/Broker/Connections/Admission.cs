using System.Collections.Concurrent;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// Full means told: while the log takes no readings, they and their acknowledgements are withheld for a time, in the hope that something is
/// drained; then each is refused. MQTT 5 has a code for it; of a 3.1.1 client the connection is closed, and its next CONNECT is answered
/// "unavailable" until readings are taken again. Clients that publish no readings notice nothing.
/// </summary>
internal sealed class Admission(DurableLog log, TimeProvider clock, TimeSpan withholdAtMost, int clientsAtMost)
{
    private const long NotFull = -1;

    private readonly ConcurrentDictionary<string, byte> _refused = new(StringComparer.Ordinal);
    private long _fullSince = NotFull;

    /// <summary>Whether readings are refused at once, having been withheld long enough.</summary>
    public bool Refuses => WithheldFor() >= withholdAtMost;

    /// <summary>Waits until readings are taken again, or are to be refused.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        var left = withholdAtMost - WithheldFor();
        if (!log.IsFull || left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await log.WaitForSpaceAsync(cancellation).WaitAsync(left, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // From now on they are refused.
        }
    }

    /// <summary>Remembers a client whose connection is closed because it cannot be told otherwise.</summary>
    public void NoteRefused(string clientId)
    {
        if (_refused.Count < clientsAtMost)
        {
            _refused.TryAdd(clientId, 0);
        }
    }

    /// <summary>Whether this client would publish readings in vain.</summary>
    public bool WouldRefuse(string clientId) => !_refused.IsEmpty && Refuses && _refused.ContainsKey(clientId);

    private TimeSpan WithheldFor()
    {
        if (!log.IsFull)
        {
            if (Interlocked.Exchange(ref _fullSince, NotFull) != NotFull)
            {
                _refused.Clear();
            }

            return TimeSpan.Zero;
        }

        var now = clock.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _fullSince, now, NotFull);
        return since == NotFull ? TimeSpan.Zero : clock.GetElapsedTime(since, now);
    }
}
