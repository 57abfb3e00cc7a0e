using IoTGateway.Readings;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage.Influx;

/// <summary>How the requests to a server are doing, all together. From any thread.</summary>
internal sealed class InfluxProgress(string url, TimeProvider clock, ILogger logger)
{
    /// <summary>How long after a line was at fault the next failure is looked into at once.</summary>
    private static readonly TimeSpan SuspicionTime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();

    /// <summary>Who is trying in vain, and since when.</summary>
    private readonly Dictionary<object, Instant> _trying = [];

    private volatile SinkState _state = new();
    private volatile byte[]? _lastStoredLine;
    private Instant _suspectsUntil = Instant.MinValue;

    /// <summary>How the sink is doing.</summary>
    public SinkState State => _state;

    /// <summary>The line the server took last; null before the first. Patient data: never logged.</summary>
    public byte[]? LastStoredLine => _lastStoredLine;

    /// <summary>Whether the server may be another one than the one that was asked: it was away.</summary>
    public bool MayBeAnother { get; private set; } = true;

    /// <summary>Whether lines were at fault lately, so that the next failure is looked into at once.</summary>
    public bool SuspectsLines
    {
        get
        {
            lock (_gate)
            {
                return Instant.Now(clock) < _suspectsUntil;
            }
        }
    }

    /// <summary>The server has said what it is.</summary>
    public void Known(object who)
    {
        lock (_gate)
        {
            MayBeAnother = false;
            Works(who);
        }
    }

    /// <summary>The server has taken lines or refused them: it works.</summary>
    public void Answered(object who)
    {
        lock (_gate)
        {
            Works(who);
        }
    }

    /// <summary>The server has stored lines.</summary>
    public void Stored(int lineCount, ReadOnlyMemory<byte> lastLine)
    {
        lock (_gate)
        {
            _lastStoredLine = lastLine.ToArray();
            _state = _state with { LastSuccess = Instant.Now(clock), RowsStored = _state.RowsStored + lineCount };
        }
    }

    /// <summary>Rows were refused for good.</summary>
    public void Refused(int rowCount)
    {
        lock (_gate)
        {
            _state = _state with { RowsRejected = _state.RowsRejected + rowCount };
        }

        logger.InfluxRejected(rowCount);
    }

    /// <summary>A try was in vain.</summary>
    public void Retrying(object who, in WriteAnswer answer, bool isAway)
    {
        lock (_gate)
        {
            MayBeAnother |= isAway;
            if (_trying.Count == 0 || _state.LastError != answer.Reason)
            {
                logger.InfluxRetries(answer.Reason);
            }

            _trying.TryAdd(who, Instant.Now(clock));
            _state = _state with { LastError = answer.Reason, RetryingSince = _trying.Values.Min(), NeedsSomebody = answer.NeedsSomebody };
        }
    }

    /// <summary>The lines themselves are at fault, so nothing is tried again here.</summary>
    public void GivenUp(object who)
    {
        lock (_gate)
        {
            _suspectsUntil = Instant.Now(clock) + SuspicionTime;
            _trying.Remove(who);
            _state = _state with { RetryingSince = _trying.Count == 0 ? null : _trying.Values.Min(), NeedsSomebody = false };
        }
    }

    private void Works(object who)
    {
        if (_trying.Remove(who) && _trying.Count == 0)
        {
            logger.InfluxWorksAgain(url);
            _state = _state with { RetryingSince = null, NeedsSomebody = false };
        }
    }
}
