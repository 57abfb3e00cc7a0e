using IoTGateway.Broker.Packets;
using IoTGateway.Queue;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.Broker.Connections;

/// <content>The sending side: acknowledgements, answers to pings, and the packets of the MQTT server.</content>
internal sealed partial class MqttConnection
{
    /// <summary>How many QoS 1 and 2 messages a 3.1.1 client gets before it has to acknowledge; MQTT 5 clients say it themselves.</summary>
    private const int WindowWithoutReceiveMaximum = 1_000;

    /// <summary>How many acknowledgements are written before the output is asked for more room.</summary>
    private const int AcksAtOnce = 512;

    private static readonly byte[] PingResponse = [0xD0, 0x00];
    private static readonly TimeSpan LastWordTimeout = TimeSpan.FromSeconds(1);

    private readonly Signal _windowFreed = new(continueInline: false);
    private int _windowUsed;
    private int _window = WindowWithoutReceiveMaximum;
    private uint _clientPacketSizeAtMost;
    private bool _connected;
    private int _lastWordSaid;
    private Dictionary<ushort, int[]>? _subscribeOrders;

    /// <summary>Sends a packet of the MQTT server. A publish waits while the client owes as many acknowledgements as it allows.</summary>
    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttConnAckPacket acknowledgement:
                Complete(acknowledgement);
                break;
            case MqttSubAckPacket acknowledgement:
                RestoreOrder(acknowledgement);
                break;
            case MqttDisconnectPacket when Interlocked.Exchange(ref _lastWordSaid, 1) != 0:
                return;
            case MqttPublishPacket { QualityOfServiceLevel: > MqttQualityOfServiceLevel.AtMostOnce }:
                await WaitForWindowAsync();
                break;
        }

        await _output.EnterAsync(cancellationToken);
        try
        {
            if (_output.IsClosed)
            {
                throw new OperationCanceledException("The connection has ended.");
            }

            var encoded = PacketFormatterAdapter.Encode(packet);
            if (packet is MqttPublishPacket && _clientPacketSizeAtMost > 0 && encoded.Length > _clientPacketSizeAtMost)
            {
                // The client said that it does not take packets of this size; they are to be left out (MQTT 5, 3.1.2.11.4).
                FreeWindow();
                return;
            }

            _output.Write(encoded.Packet);
            foreach (var part in encoded.Payload)
            {
                _output.Write(part.Span);
            }

            PacketFormatterAdapter.Cleanup();
            await _output.FlushAsync(cancellationToken);
        }
        finally
        {
            _output.Leave();
        }
    }

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
                    await commit.Task;
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
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone or takes nothing; it learns it from the end of the connection.
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

    private async ValueTask WaitForWindowAsync()
    {
        while (Volatile.Read(ref _windowUsed) >= _window)
        {
            await _windowFreed.WaitAsync();
            if (IsClosing)
            {
                throw new OperationCanceledException("The connection has ended.");
            }
        }

        Interlocked.Increment(ref _windowUsed);
    }

    private void FreeWindow()
    {
        // A client that acknowledges what it never got does not make the window larger.
        if (Volatile.Read(ref _windowUsed) > 0)
        {
            Interlocked.Decrement(ref _windowUsed);
            _windowFreed.Set();
        }
    }

    /// <summary>
    /// The MQTT server subscribes to the filter with the highest QoS first and answers in that order; the client expects the answers in
    /// the order of its filters (MQTT 5, 3.9.3). Remembers which is which.
    /// </summary>
    private void RememberOrder(MqttSubscribePacket subscribe)
    {
        if (subscribe.TopicFilters.Count < 2)
        {
            return;
        }

        var order = Enumerable.Range(0, subscribe.TopicFilters.Count)
            .OrderByDescending(at => subscribe.TopicFilters[at].QualityOfServiceLevel).ToArray();
        lock (_acks)
        {
            _subscribeOrders ??= [];
            _subscribeOrders[subscribe.PacketIdentifier] = order;
        }
    }

    private void RestoreOrder(MqttSubAckPacket acknowledgement)
    {
        int[]? order = null;
        lock (_acks)
        {
            if (_subscribeOrders?.Remove(acknowledgement.PacketIdentifier, out order) != true)
            {
                return;
            }
        }

        var answers = acknowledgement.ReasonCodes;
        if (answers.Count == order!.Length)
        {
            var restored = new MqttSubscribeReasonCode[answers.Count];
            for (var at = 0; at < order.Length; at++)
            {
                restored[order[at]] = answers[at];
            }

            acknowledgement.ReasonCodes = [.. restored];
        }
    }
}
