using System.IO.Pipelines;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Sessions;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// One MQTT connection, between the transport and the rest of the gateway. What publishers send is checked, appended to the log, and
/// acknowledged when it is durable, many messages with one write; what subscribers are sent comes from their session's outbox.
/// </summary>
/// <remarks>
/// Three flows of control: the receive path (<see cref="RunAsync"/>), the sender of acknowledgements, and, once the client has subscribed,
/// the sender of messages; they take turns at the output. <see cref="Close"/> may be called from anywhere.
/// </remarks>
internal sealed partial class MqttConnection : IDisposable
{
    private readonly BrokerContext _broker;
    private readonly ConnectionContext _transport;
    private readonly PipeReader _input;
    private readonly ConnectionOutput _output;
    private readonly ConnectionCounters _counters = new();
    private readonly AckQueue _acks;
    private readonly Signal _acksAdded = new(continueInline: true);
    private readonly Signal _acksDue = new(continueInline: true);
    private readonly Signal _acksRemoved = new(continueInline: false);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _acceptedTimestamp;

    private int _closeReason = NotClosing;
    private bool _version5;
    private Session? _session;
    private byte[] _identity = [];
    private byte[] _head = [];

    private const int NotClosing = -1;

    /// <summary>A connection whose client has not said anything yet.</summary>
    public MqttConnection(BrokerContext broker, ConnectionContext transport)
    {
        _broker = broker;
        _transport = transport;
        _input = transport.Transport.Input;
        _output = new ConnectionOutput(transport.Transport.Output, broker.Clock);
        _acks = new AckQueue(broker.Options.InFlightAtMost);
        _acceptedTimestamp = broker.Clock.GetTimestamp();
        _receivedTimestamp = _acceptedTimestamp;
    }

    /// <summary>The client; null before its CONNECT.</summary>
    public string? ClientId { get; private set; }

    /// <summary>Completes when the connection has ended and left nothing behind: its client may begin anew.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Whether nothing is read from the client at the moment, until acknowledgements went out or the log has room.</summary>
    public bool IsReceivePaused => Volatile.Read(ref _receivePaused);

    /// <summary>Whether it speaks for this session.</summary>
    public bool IsOf(Session session) => ReferenceEquals(_session, session);

    private bool IsClosing => Volatile.Read(ref _closeReason) != NotClosing;

    /// <summary>Ends the connection: an MQTT 5 client is told why. Returns at once; <see cref="Completed"/> says when it has ended.</summary>
    public void Close(ReasonCode reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, (int)reason, NotClosing) != NotClosing)
        {
            return;
        }

        _stop.Cancel();
        _acksRemoved.Set();
        _messagesAdded.Set();
    }

    /// <summary>Cuts the connection without a word, where the client does not take any.</summary>
    public void Abort()
    {
        Close(ReasonCode.ServerBusy);
        _output.Close();
        _transport.Abort();
    }

    /// <summary>Ends the connection if the client has been silent for too long (MQTT 5, 3.1.2.10), or takes nothing of what is sent to it.</summary>
    public void CheckTime()
    {
        var clock = _broker.Clock;
        if (!_connectReceived)
        {
            if (clock.GetElapsedTime(_acceptedTimestamp) >= _broker.Options.ConnectTimeout)
            {
                Close(ReasonCode.KeepAliveTimeout);
            }
        }
        else if (_keepAlive > TimeSpan.Zero && !IsReceivePaused
            && clock.GetElapsedTime(Volatile.Read(ref _receivedTimestamp)) >= 1.5 * _keepAlive)
        {
            _broker.Logger.KeepAliveExpired(ClientId ?? "", _keepAlive);
            Close(ReasonCode.KeepAliveTimeout);
        }

        CheckHalfPacket();
        if (_output.Blocked >= _broker.Options.WriteTimeout)
        {
            _broker.Logger.ClientTakesNothing(ClientId ?? "", _broker.Options.WriteTimeout);
            Abort();
        }
    }

    /// <summary>Once it has ended.</summary>
    public void Dispose() => _stop.Dispose();

    /// <summary>Adds this connection's figures to others.</summary>
    public BrokerCounters AddTo(BrokerCounters sum) => sum with
    {
        Received = sum.Received + _counters.Received,
        ReceivedWithoutPromise = sum.ReceivedWithoutPromise + _counters.ReceivedWithoutPromise,
        Acknowledged = sum.Acknowledged + _acks.Acknowledged,
        Duplicates = sum.Duplicates + _counters.Duplicates,
        Refused = sum.Refused + _counters.Refused,
        Ordinary = sum.Ordinary + _counters.Ordinary,
    };
}
