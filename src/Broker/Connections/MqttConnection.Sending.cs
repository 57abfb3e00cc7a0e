using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Broker.Connections;

/// <content>The sending side: acknowledgements, answers, and messages for a subscriber.</content>
internal sealed partial class MqttConnection
{
    /// <summary>How many QoS 1 and 2 messages a 3.1.1 client gets before it has to acknowledge; MQTT 5 clients say it themselves.</summary>
    private const int WindowWithoutReceiveMaximum = 1_000;

    /// <summary>How many acknowledgements are written before the output is asked for more room.</summary>
    private const int AcksAtOnce = 512;

    /// <summary>About how many bytes of messages are written before they are flushed.</summary>
    private const int BatchSizeBytes = 64 << 10;

    private static readonly byte[] PingResponse = [0xD0, 0x00];
    private static readonly TimeSpan LastWordTimeout = TimeSpan.FromSeconds(1);

    private readonly Signal _messagesAdded = new(continueInline: false);
    private int _window = WindowWithoutReceiveMaximum;
    private int _clientAliasesAtMost;
    private uint _clientPacketSizeAtMost;
    private bool _connected;
    private int _lastWordSaid;
    private bool _brokeTheProtocol;
    private bool _sendsMessages;
    private Task _messagesTask = Task.CompletedTask;

    /// <summary>Begins to send what the session has still to be sent.</summary>
    private void StartMessages(Outbox outbox)
    {
        _sendsMessages = true;
        outbox.Attach(_messagesAdded, _window);
        _messagesTask = SendMessagesAsync(outbox);
    }

    /// <summary>Sends messages and answers as the client's receive maximum allows, many with one flush. Ends when the connection has ended.</summary>
    private async Task SendMessagesAsync(Outbox outbox)
    {
        var encoder = new OutgoingPublish(_version5, Math.Min(_clientAliasesAtMost, _broker.Options.TopicAliasesAtMost), _clientPacketSizeAtMost);
        try
        {
            while (!IsClosing && !_output.IsClosed)
            {
                if (!outbox.TryTake(_messagesAdded, Now(), out var packet))
                {
                    await _messagesAdded.WaitAsync();
                }
                else if (!await SendBatchAsync(outbox, encoder, packet))
                {
                    Close(ReasonCode.Success);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            Close(ReasonCode.Success); // The transport is gone.
        }
    }

    private async ValueTask<bool> SendBatchAsync(Outbox outbox, OutgoingPublish encoder, OutgoingPacket packet)
    {
        await _output.EnterAsync(_stop.Token);
        try
        {
            if (_output.IsClosed)
            {
                return false;
            }

            var now = Now();
            var written = Write(outbox, encoder, packet, now);
            while (written < BatchSizeBytes && outbox.TryTake(_messagesAdded, now, out packet))
            {
                written += Write(outbox, encoder, packet, now);
            }

            return await _output.FlushAsync();
        }
        finally
        {
            _output.Leave();
        }
    }

    private int Write(Outbox outbox, OutgoingPublish encoder, in OutgoingPacket packet, long now)
    {
        switch (packet.Kind)
        {
            case OutgoingKind.Answer when _clientPacketSizeAtMost > 0 && packet.Answer!.Length > _clientPacketSizeAtMost:
                return 0; // As below.
            case OutgoingKind.Answer:
                _output.Write(packet.Answer);
                return packet.Answer!.Length;
            case OutgoingKind.Release:
                _output.Write([0x62, 2, (byte)(packet.PacketIdentifier >> 8), (byte)packet.PacketIdentifier]);
                return 4;
        }

        var size = encoder.Write(_output, packet, now);
        if (size == 0)
        {
            // The client said that it does not take packets of this size; they are left out as if they had been sent (MQTT 5, 3.1.2.11.4).
            _broker.Logger.MessageTooLargeForClient(ClientId!, _clientPacketSizeAtMost);
            outbox.Complete(packet.PacketIdentifier);
        }

        return size;
    }

    private long Now() => Instant.Now(_broker.Clock).UnixMilliseconds;

    /// <summary>
    /// Sends acknowledgements as they fall due: waits for the commit of the oldest, writes all that are due then, and flushes once. Ends
    /// when the connection has ended; a commit that fails ends the connection, and nothing is acknowledged.
    /// </summary>
    private async Task SendAcksAsync()
    {
        try
        {
            while (!_output.IsClosed)
            {
                if (!_acks.TryPeek(out var commit))
                {
                    await _acksAdded.WaitAsync();
                    continue;
                }

                if (commit is { IsDurable: false })
                {
                    commit.Notify(_acksDue);
                    await _acksDue.WaitAsync();
                    await commit.Task; // It has completed; a failure is thrown here.
                }

                if (!await SendDueAsync())
                {
                    return;
                }

                _acksRemoved.Set();
            }
        }
        catch (LogFailedException)
        {
            Close(ReasonCode.ServerUnavailable);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            Close(ReasonCode.Success); // The transport is gone.
        }
    }

    private async ValueTask<bool> SendDueAsync()
    {
        await _output.EnterAsync();
        try
        {
            if (_output.IsClosed)
            {
                return false;
            }

            int written;
            do
            {
                written = _acks.WriteDue(_output.GetSpan(AcksAtOnce * AckQueue.AckSizeBytesAtMost));
                _output.Advance(written);
            }
            while (written > 0);

            return await _output.FlushAsync();
        }
        finally
        {
            _output.Leave();
        }
    }

    private async ValueTask SendAsync(byte[] packet)
    {
        try
        {
            await _output.EnterAsync(_stop.Token);
            try
            {
                _output.Write(packet);
                await _output.FlushAsync(_stop.Token);
            }
            finally
            {
                _output.Leave();
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            Close(ReasonCode.Success);
        }
    }

    /// <summary>Tells an MQTT 5 client why the connection ends, if it takes it within a second. MQTT 3.1.1 has no such packet.</summary>
    private async ValueTask SayWhyAsync()
    {
        var reason = (ReasonCode)Volatile.Read(ref _closeReason);
        if (reason == ReasonCode.ServerShuttingDown)
        {
            await DrainAcksAsync();
        }

        if (!_version5 || !_connected || reason == ReasonCode.Success || Interlocked.Exchange(ref _lastWordSaid, 1) != 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LastWordTimeout, _broker.Clock);
        try
        {
            await _output.EnterAsync(limit.Token);
            try
            {
                if (!_output.IsClosed)
                {
                    _output.Write([0xE0, 0x02, (byte)reason, 0x00]);
                    await _output.FlushAsync(limit.Token);
                }
            }
            finally
            {
                _output.Leave();
            }

            await LingerAsync(limit.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone or takes nothing; it learns it from the end of the connection.
        }
    }

    /// <summary>
    /// A client that broke the protocol may still be sending: what comes is thrown away until it hangs up, or for a second. If the
    /// connection were closed with unread bytes, the client could lose the packet that tells it why.
    /// </summary>
    private async ValueTask LingerAsync(CancellationToken limit)
    {
        while (_brokeTheProtocol)
        {
            var read = await _input.ReadAsync(limit);
            _input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>At a stop of the gateway: what was appended is acknowledged before the connection ends, if the disk is not too slow.</summary>
    private async ValueTask DrainAcksAsync()
    {
        var clock = _broker.Clock;
        var start = clock.GetTimestamp();
        while (_acks.Count > 0 && !_output.IsClosed)
        {
            var left = _broker.Options.StopTimeout - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                await _acksRemoved.WaitAsync().AsTask().WaitAsync(left, clock);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }
}
