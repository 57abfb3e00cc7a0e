using IoTGateway.Broker.Packets;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <content>The end of a connection: its will, its session, and who may come next.</content>
internal sealed partial class MqttConnection
{
    private Task _acksTask = Task.CompletedTask;
    private volatile bool _endSession;

    /// <summary>The client cannot keep up with what it subscribed to: the connection and the session end, so that it knows to begin anew.</summary>
    public void CloseAsTooSlow()
    {
        _endSession = true;
        _broker.Logger.SubscriberTooSlow(ClientId ?? "");
        Close(ReasonCode.QuotaExceeded);
    }

    /// <summary>Called once, when nothing is received any more: nothing is sent from here on, and what outlives the connection is settled.</summary>
    public async Task FinishAsync()
    {
        Close(ReasonCode.Success);
        await CloseOutputAsync();
        _acksAdded.Set(); // The sender of acknowledgements sees the end; one that waits for a commit sees it after that.
        try
        {
            // At a stop of the gateway nobody knows that a device is gone: it is the gateway that goes.
            if (_will is not null && _connected && Volatile.Read(ref _closeReason) != (int)ReasonCode.ServerShuttingDown)
            {
                await _broker.Wills.ConnectionBrokeAsync(_will with { Session = _session }, _endSession ? 0 : _expirySeconds);
            }

            if (_session is not null)
            {
                _session.Subscriber?.Outbox.Detach(_messagesAdded);
                await EndSessionAsync();
            }
        }
        catch (Exception failure) when (failure is LogFailedException or OperationCanceledException)
        {
            // Nothing can be kept any more: the log says itself why it stopped, and a stop of the gateway does not wait for ever.
        }
        finally
        {
            NoteHalfPacket(0, isNew: false);
            _broker.Connections.Remove(this);
            Dispose();
            _completed.SetResult();
        }
    }

    private async ValueTask CloseOutputAsync()
    {
        using var limit = new CancellationTokenSource(LastWordTimeout, _broker.Clock);
        try
        {
            await _output.EnterAsync(limit.Token);
            await _output.CompleteAsync();
            _output.Leave();
        }
        catch (OperationCanceledException)
        {
            // Somebody is stuck in a flush that the client does not take: cut it.
            _output.Close();
            _transport.Abort();
        }
    }

    private async ValueTask EndSessionAsync()
    {
        var expiry = _endSession ? 0 : _expirySeconds;
        while (_broker.Sessions.TryDisconnect(_session!, expiry) == AppendResult.NoRoom)
        {
            await _broker.Log.WaitForRoomAsync(_broker.Cut);
        }

        if (expiry == 0)
        {
            _broker.Subscribers.Forget(_session!);
        }
    }
}
