using IoTGateway.Broker.Connections;

namespace IoTGateway.Broker.Delivery;

/// <summary>
/// What one session has still to be sent: answers, messages that wait, and messages that were sent and not acknowledged to their end. It
/// outlives connections; on the next one the unacknowledged come first, in their order, under their packet identifiers (MQTT 5, 4.4).
/// </summary>
/// <remarks>
/// Bounded in messages and in bytes. What does not fit is refused, and the caller ends the session: a subscriber that loses messages
/// without knowing it is worse than none. Safe from any thread; the lock is held for a few instructions.
/// </remarks>
/// <param name="messagesAtMost">How many messages may wait.</param>
/// <param name="bytesAtMost">How many bytes may wait or be unacknowledged.</param>
/// <param name="budget">What all outboxes share.</param>
internal sealed partial class Outbox(int messagesAtMost, long bytesAtMost, OutboxBudget budget)
{
    /// <summary>A client that sends so many requests without taking an answer is ended.</summary>
    private const int AnswersAtMost = 1_000;

    /// <summary>Up to here a connected subscriber does not depend on what others hold.</summary>
    private const int SmallSizeBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _answers = [];
    private readonly Queue<OutgoingMessage> _waiting = [];
    private readonly Queue<ushort> _releases = [];
    private readonly Queue<InFlight> _again = [];
    private readonly Dictionary<ushort, InFlight> _inFlight = [];
    private Signal? _wake;
    private int _window;
    private int _used;
    private int _counted;
    private long _bytes;
    private long _sequence;
    private ushort _lastIdentifier;
    private bool _ended;

    /// <summary>How many messages wait that the bound counts.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _counted;
            }
        }
    }

    /// <summary>Bytes of messages that wait or are unacknowledged.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Since when it has been full, as a timestamp of the clock; 0 while it is not. Of the copier of readings.</summary>
    public long FullSinceTimestamp { get; set; }

    /// <summary>A connection takes over: what was sent over an earlier one and not acknowledged is sent again.</summary>
    /// <param name="wake">Is set when there is something to send.</param>
    /// <param name="window">How many QoS 1 and 2 messages the client takes before it has to acknowledge.</param>
    public void Attach(Signal wake, int window)
    {
        lock (_lock)
        {
            _wake = wake;
            _window = window;
            _used = 0;
            _answers.Clear();
            _releases.Clear();
            _again.Clear();
            foreach (var sent in _inFlight.Values.OrderBy(sent => sent.Sequence))
            {
                sent.OnThisConnection = false;
                _again.Enqueue(sent);
            }
        }

        wake.Set();
    }

    /// <summary>The connection has ended.</summary>
    public void Detach(Signal wake)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_wake, wake))
            {
                _wake = null;
            }
        }
    }

    /// <summary>Takes an answer to a request of the client; false where too many wait.</summary>
    public bool TryAnswer(byte[] answer)
    {
        lock (_lock)
        {
            if (_answers.Count >= AnswersAtMost)
            {
                return false;
            }

            _answers.Enqueue(answer);
            _wake?.Set();
            return true;
        }
    }

    /// <summary>Takes a message; false where it does not fit. A QoS 0 message for a client that is away is not kept (MQTT 5, 4.1).</summary>
    /// <param name="message">The message.</param>
    /// <param name="fromStoreAtMost">How many messages from the store may wait.</param>
    public bool TryAdd(in OutgoingMessage message, int fromStoreAtMost = int.MaxValue)
    {
        lock (_lock)
        {
            if (_ended || (message.QualityOfService == 0 && _wake is null))
            {
                return true;
            }

            if (message.FromStore)
            {
                if (_waiting.Count - _counted >= fromStoreAtMost)
                {
                    return false;
                }
            }
            else if (!TryCount_NeedsLock(message.Message.SizeBytes))
            {
                return false;
            }

            _waiting.Enqueue(message);
            _wake?.Set();
            return true;
        }
    }

    /// <summary>The session has ended: everything is dropped, and nothing is taken any more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            budget.Give(_bytes);
            _bytes = 0;
            _counted = 0;
            _answers.Clear();
            _waiting.Clear();
            _releases.Clear();
            _again.Clear();
            _inFlight.Clear();
        }
    }

    private bool TryCount_NeedsLock(int size)
    {
        if (_counted >= messagesAtMost || _bytes + size > bytesAtMost || !budget.TryTake(size, small: _wake is not null && _bytes < SmallSizeBytes))
        {
            return false;
        }

        _counted++;
        _bytes += size;
        return true;
    }

    private void Uncount_NeedsLock(in OutgoingMessage message)
    {
        if (!message.FromStore && !_ended)
        {
            _bytes -= message.Message.SizeBytes;
            budget.Give(message.Message.SizeBytes);
        }
    }
}
