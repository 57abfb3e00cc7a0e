using MQTTnet.Packets;

namespace IoTGateway.FirmwareSim.Device;

public sealed partial class DeviceClient
{
    /// <summary>Packets are written together up to this size.</summary>
    private const int FlushBytes = 32 * 1024;

    /// <summary>How long the gateway may take to close after DISCONNECT before we do.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>When the last packet was written. Written by the writer, read by the keep-alive timer.</summary>
    private long _lastWritten;

    /// <summary>When the unanswered PINGREQ was asked for; 0: none is out.</summary>
    private long _pingSince;

    private volatile bool _pingDue;

    /// <summary>Reads and writes until the connection ends. Returns when the other side closed in order; throws what ended it otherwise.</summary>
    private async Task ServeAsync(PacketStream connection)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _lastWritten = _clock.GetTimestamp();
        Volatile.Write(ref _pingSince, 0);
        _pingDue = false;
        var reading = ReadAllAsync(connection, over.Token);
        var writing = WriteAllAsync(connection, over.Token);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pace = _options.KeepAlive / 8;
        await using (_clock.CreateTimer(_ => WatchKeepAlive(silent), null, pace, pace).ConfigureAwait(false))
        {
            var first = await Task.WhenAny(reading, writing, silent.Task).ConfigureAwait(false);
            if (first == writing && writing.IsCompletedSuccessfully)
            {
                // DISCONNECT is out: the gateway closes, or we do after a moment.
                await WaitForEndAsync(reading).ConfigureAwait(false);
            }

            await over.CancelAsync().ConfigureAwait(false);
            connection.Dispose();
            await Task.WhenAll(Swallow(reading), Swallow(writing)).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
    }

    private async Task WaitForEndAsync(Task reading)
    {
        try
        {
            await Swallow(reading).WaitAsync(CloseTimeout, _clock, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Everything is acknowledged and DISCONNECT was written: it does not matter that the gateway leaves its end open.
        }
    }

    /// <summary>The connection is over: how the other task ended does not matter any more.</summary>
    private static Task<AggregateException?> Swallow(Task task) =>
        task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task ReadAllAsync(PacketStream connection, CancellationToken cancellation)
    {
        while (await connection.ReadAsync(cancellation).ConfigureAwait(false) is { } packet)
        {
            Handle(packet);
        }
    }

    private void Handle(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPubAckPacket acknowledgement:
                Settle(store => store.HandlePubAck(acknowledgement));
                break;
            case MqttPubRecPacket receipt:
                Settle(store => store.HandlePubRec(receipt));
                break;
            case MqttPubCompPacket completion:
                Settle(store => store.HandlePubComp(completion));
                break;
            case MqttPingRespPacket:
                Volatile.Write(ref _pingSince, 0);
                MarkWorking();
                break;
            case MqttDisconnectPacket farewell:
                throw new ConnectionLostException($"the gateway ended the connection (reason code 0x{(int)farewell.ReasonCode:X2})");
            default:
                throw new ConnectionLostException($"the gateway sent an unexpected {packet.GetType().Name}");
        }
    }

    private void Settle(Func<InFlightStore, AcknowledgementResult> handle)
    {
        AcknowledgementResult result;
        lock (_gate)
        {
            result = handle(_store);
            if (_store.IsEmpty)
            {
                _whenEmpty?.TrySetResult();
                _whenEmpty = null;
            }
        }

        MarkWorking();
        if (result == AcknowledgementResult.ReadingCompleted)
        {
            _room.Release();
        }
        else if (result == AcknowledgementResult.RefusedForNow)
        {
            _ = ResumeAfterPauseAsync();
        }

        _work.Release();
    }

    private async Task ResumeAfterPauseAsync()
    {
        try
        {
            await Task.Delay(PauseAfterRefusal, _clock, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            _store.Paused = false;
        }

        _work.Release();
    }

    private async Task WriteAllAsync(PacketStream connection, CancellationToken cancellation)
    {
        while (true)
        {
            EncodeDue(connection);
            var finished = _closing && IsFinished();
            if (finished)
            {
                connection.Encode(new MqttDisconnectPacket());
            }

            if (connection.PendingBytes > 0)
            {
                Volatile.Write(ref _lastWritten, _clock.GetTimestamp());
                await connection.FlushAsync(cancellation).ConfigureAwait(false);
            }
            else
            {
                await WaitForWorkAsync(cancellation).ConfigureAwait(false);
            }

            if (finished)
            {
                connection.ShutdownSend();
                return;
            }
        }
    }

    private void EncodeDue(PacketStream connection)
    {
        if (_pingDue)
        {
            _pingDue = false;
            connection.Encode(MqttPingReqPacket.Instance);
        }

        lock (_gate)
        {
            while (connection.PendingBytes < FlushBytes && _store.TakeNext() is { } packet)
            {
                connection.Encode(packet);
            }
        }
    }

    /// <summary>Waits for one signal and takes the others that have piled up with it: the writer looks at everything anyway.</summary>
    private async Task WaitForWorkAsync(CancellationToken cancellation)
    {
        await _work.WaitAsync(cancellation).ConfigureAwait(false);
        while (_work.Wait(0, CancellationToken.None))
        {
        }
    }

    /// <summary>
    /// Runs every eighth of the keep-alive period. Asks for a PING when nothing was written for half a period, so that it goes out in time,
    /// and gives the connection up when the answer is a whole period late.
    /// </summary>
    private void WatchKeepAlive(TaskCompletionSource silent)
    {
        var asked = Volatile.Read(ref _pingSince);
        if (asked != 0)
        {
            if (_clock.GetElapsedTime(asked) >= _options.KeepAlive)
            {
                silent.TrySetException(new ConnectionLostException($"no answer to PING for {_options.KeepAlive.TotalSeconds:0} s"));
            }
        }
        else if (_clock.GetElapsedTime(Volatile.Read(ref _lastWritten)) >= _options.KeepAlive / 2)
        {
            Volatile.Write(ref _pingSince, _clock.GetTimestamp());
            _pingDue = true;
            _work.Release();
        }
    }
}
