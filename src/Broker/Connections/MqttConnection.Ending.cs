using System.Buffers;
using System.Text;
using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Topics;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using MQTTnet.Packets;
using MQTTnet.Protocol;

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

    /// <summary>The MQTT server is done with this connection.</summary>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Close(ReasonCode.Success);
        return Task.CompletedTask;
    }

    /// <summary>Called once, when the MQTT server has let go: nothing is sent from here on, and what outlives the connection is settled.</summary>
    public async Task FinishAsync()
    {
        Close(ReasonCode.Success);
        await _serverStops.DisposeAsync();
        await CloseOutputAsync();
        _acksAdded.Set(); // The sender of acknowledgements sees the end; one that waits for a commit sees it after that.
        try
        {
            // At a stop of the gateway nobody knows that a device is gone: it is the gateway that goes.
            if (_will is not null && _connected && Volatile.Read(ref _closeReason) != (int)ReasonCode.ServerShuttingDown)
            {
                await PublishWillAsync(_will);
            }

            if (_session is not null)
            {
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
            _stop.Dispose();
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

    private void NoteDisconnect(MqttDisconnectPacket disconnect, uint? expirySeconds)
    {
        if (!_version5)
        {
            _will = null;
            return;
        }

        if (disconnect.ReasonCode != MqttDisconnectReasonCode.DisconnectWithWillMessage)
        {
            _will = null;
        }

        // A session that was to end with its connection cannot be prolonged at its end (MQTT 5, 3.14.2.2.2).
        if (_expirySeconds > 0)
        {
            _expirySeconds = expirySeconds ?? _expirySeconds;
        }

        disconnect.SessionExpiryInterval = 0; // The server would take it for a session of its own to keep.
    }

    private async ValueTask EndSessionAsync()
    {
        var expiry = _endSession ? 0 : _expirySeconds;
        while (_broker.Sessions.TryDisconnect(_session!, expiry) == AppendResult.NoRoom)
        {
            await _broker.Log.WaitForRoomAsync(_broker.Cut);
        }

        if (expiry == 0 && _session!.Persistent)
        {
            await _broker.Subscribers.ForgetAsync(ClientId!);
        }
    }

    /// <summary>Publishes the will: to the log where it is a device's state or reading, to subscribers where it is an ordinary message.</summary>
    private async ValueTask PublishWillAsync(WillMessage will)
    {
        var message = will.Message;
        if (will.Use == TopicUse.Ordinary)
        {
            await _broker.Subscribers.PublishAsync(message, ClientId!);
            return;
        }

        // A will is published by the gateway, once: it needs no packet identifier, so QoS 2 is kept as QoS 1; a reading promises nothing.
        var isStatus = will.Use == TopicUse.DeviceStatus;
        var qualityOfService = isStatus ? Math.Min((int)message.QualityOfServiceLevel, 1) : 0;
        var contentType = Encoding.UTF8.GetBytes(message.ContentType ?? "");
        if (contentType.Length > byte.MaxValue)
        {
            contentType = [];
        }

        var head = new byte[PublishRecord.HeadSizeBytes(qualityOfService, _session!.Utf8ClientId.Length, contentType.Length)];
        PublishRecord.WriteHead(head, qualityOfService, message.Retain, 0, _session.Utf8ClientId, contentType);
        var payload = message.Payload.ToArray();
        var kind = isStatus ? RecordKind.DeviceStatus : RecordKind.Reading;
        while (true)
        {
            var result = _broker.Log.TryAppend(kind, will.Utf8Topic, head, payload, out var commit);
            if (result == AppendResult.NoRoom)
            {
                await _broker.Log.WaitForRoomAsync(_broker.Cut);
                continue;
            }

            if (result != AppendResult.Appended)
            {
                _counters.CountRefused();
                _broker.Logger.WillNotKept(ClientId!, result);
                return;
            }

            _counters.CountReceived(qualityOfService);
            if (isStatus)
            {
                await _broker.Statuses.EnqueueAsync(
                    new StatusMessage(message.Topic, payload, qualityOfService, message.Retain, ClientId!, commit!), _broker.Cut);
            }

            return;
        }
    }
}
