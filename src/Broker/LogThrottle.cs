using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker;

/// <summary>Lets so many messages through in a span of time, and says afterwards how many it did not. Safe from any thread.</summary>
internal sealed class LogThrottle(TimeProvider clock, ILogger logger, int messagesAtMost, TimeSpan span)
{
    private readonly Lock _lock = new();
    private long _spanStarted = clock.GetTimestamp();
    private long _asked;

    /// <summary>Whether the message may be logged.</summary>
    public bool TryPass()
    {
        long leftOut = 0;
        bool passes;
        lock (_lock)
        {
            if (clock.GetElapsedTime(_spanStarted) >= span)
            {
                leftOut = Math.Max(0, _asked - messagesAtMost);
                _spanStarted = clock.GetTimestamp();
                _asked = 0;
            }

            passes = ++_asked <= messagesAtMost;
        }

        if (leftOut > 0)
        {
            logger.ComplaintsLeftOut(leftOut);
        }

        return passes;
    }
}
