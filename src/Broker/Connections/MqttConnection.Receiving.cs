using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using IoTGateway.Broker.Packets;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <content>The receive path: finds the packets in what has arrived and deals with each. One flow of control.</content>
internal sealed partial class MqttConnection
{
    private long _receivedTimestamp;
    private bool _receivePaused;
    private SubscribePacket? _subscribe;

    /// <summary>Serves the client from its CONNECT to the end of the connection.</summary>
    public async Task RunAsync()
    {
        if (!await ConnectAsync())
        {
            return;
        }

        while (!IsClosing)
        {
            var step = await ReceiveAsync();
            if (step != Step.NeedMore)
            {
                await GoOnAsync(step);
            }
        }

        await SayWhyAsync();
    }

    /// <summary>Waits for bytes and deals with the packets in them, up to the first that needs more than a moment.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // It waits once for every read.
    private async ValueTask<Step> ReceiveAsync()
    {
        ReadResult read;
        try
        {
            read = await _input.ReadAsync(_stop.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            Close(ReasonCode.Success);
            return Step.NeedMore;
        }

        Volatile.Write(ref _receivedTimestamp, _broker.Clock.GetTimestamp());
        var buffer = read.Buffer;
        var step = Consume(ref buffer);
        _input.AdvanceTo(buffer.Start, step == Step.NeedMore ? read.Buffer.End : buffer.Start);
        if (_acks.Count > 0)
        {
            _acksAdded.Set();
        }

        NoteHalfPacket(step == Step.NeedMore ? buffer.Length : 0, isNew: buffer.Length < read.Buffer.Length);
        if (step == Step.NeedMore && read.IsCompleted)
        {
            Close(ReasonCode.Success); // The client has hung up; half a packet is none.
        }

        return step;
    }

    /// <summary>Does what a packet needs beside a moment.</summary>
    private async ValueTask GoOnAsync(Step step)
    {
        // The client is not silent while it is us who do not listen.
        Volatile.Write(ref _receivePaused, true);
        try
        {
            switch (step)
            {
                case Step.AcksFull:
                    await _acksRemoved.WaitAsync();
                    break;
                case Step.NoRoom:
                    await _broker.Log.WaitForRoomAsync(_stop.Token);
                    break;
                case Step.Withheld:
                    await _broker.Admission.WaitAsync(_stop.Token);
                    break;
                case Step.Ping:
                    await SendAsync(PingResponse);
                    break;
                case Step.RelayFull:
                    await _broker.Statuses.EnqueueAsync(_deferredStatus!, _stop.Token);
                    _deferredStatus = null;
                    break;
                case Step.Subscribe:
                    await SubscribeAsync();
                    break;
            }
        }
        catch (OperationCanceledException) when (IsClosing)
        {
            // The loop sees it.
        }
        catch (LogFailedException)
        {
            Close(ReasonCode.ServerUnavailable);
        }
        finally
        {
            Volatile.Write(ref _receivedTimestamp, _broker.Clock.GetTimestamp());
            Volatile.Write(ref _receivePaused, false);
        }
    }

    /// <summary>
    /// Deals with the packets in a buffer and cuts them off its front. Packets are read where they lie; only one that lies across two
    /// segments of the buffer is copied.
    /// </summary>
    private Step Consume(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var segment = buffer.FirstSpan;
            var isLast = buffer.IsSingleSegment;
            var at = 0;
            while (true)
            {
                var frame = PacketFrame.Read(segment[at..], _broker.Options.PacketSizeBytesAtMost, out var header, out var body);
                if (frame is FrameResult.TooLarge or FrameResult.Malformed)
                {
                    return Refuse(frame);
                }

                if (frame == FrameResult.NeedMore || segment.Length - at < header + body)
                {
                    break;
                }

                var step = Handle(segment[at], segment.Slice(at + header, body));
                if (step is not (Step.AcksFull or Step.NoRoom or Step.Withheld))
                {
                    at += header + body;
                }

                if (step != Step.Done)
                {
                    buffer = buffer.Slice(at);
                    return step;
                }
            }

            // What is left begins in this segment and ends in a later one; or, where a packet ends with its segment, it begins in the next.
            buffer = buffer.Slice(at);
            var across = isLast ? Step.NeedMore : ConsumeAcross(ref buffer);
            if (across != Step.Done)
            {
                return across;
            }
        }
    }

    private Step ConsumeAcross(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[PacketFrame.HeaderSizeBytesAtMost];
        start = start[..(int)Math.Min(start.Length, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        var frame = PacketFrame.Read(start, _broker.Options.PacketSizeBytesAtMost, out var header, out var body);
        if (frame is FrameResult.TooLarge or FrameResult.Malformed)
        {
            return Refuse(frame);
        }

        if (frame == FrameResult.NeedMore || buffer.Length < header + body)
        {
            return Step.NeedMore;
        }

        var copy = ArrayPool<byte>.Shared.Rent(header + body);
        try
        {
            buffer.Slice(0, header + body).CopyTo(copy);
            var step = Handle(copy[0], copy.AsSpan(header, body));
            if (step is not (Step.AcksFull or Step.NoRoom or Step.Withheld))
            {
                buffer = buffer.Slice(header + body);
            }

            return step;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private Step Handle(byte first, ReadOnlySpan<byte> body)
    {
        switch ((PacketType)(first >> 4))
        {
            case PacketType.Publish:
                return HandlePublish(first, body);
            case PacketType.PublishRelease:
                return HandleRelease(first, body);
            case PacketType.PingRequest:
                return first == 0xC0 && body.IsEmpty ? Step.Ping : Fail(ReasonCode.Malformed);
            case PacketType.PublishAck or PacketType.PublishReceived or PacketType.PublishComplete when (first & 0x0F) == 0:
                return HandleAcknowledgement((PacketType)(first >> 4), body);
            case PacketType.Disconnect when (first & 0x0F) == 0:
                return HandleDisconnect(body);
            case PacketType.Subscribe when (first & 0x0F) == 2:
                return HandleSubscribe(body);
            case PacketType.Unsubscribe when (first & 0x0F) == 2:
                return HandleUnsubscribe(body);
            case PacketType.Connect or PacketType.Authenticate when (first & 0x0F) == 0:
                return Fail(ReasonCode.ProtocolError); // A second CONNECT (MQTT 5, 3.1); AUTH without an authentication method (3.15).
            default:
                return Fail(ReasonCode.Malformed);
        }
    }

    private Step Refuse(FrameResult frame) => Fail(frame == FrameResult.TooLarge ? ReasonCode.PacketTooLarge : ReasonCode.Malformed);

    private Step Fail(ReasonCode reason)
    {
        if (ClientId is not null && _broker.Complaints.TryPass())
        {
            _broker.Logger.ClientBrokeTheProtocol(ClientId, reason);
        }

        _brokeTheProtocol = true;
        Close(reason);
        return Step.Closed;
    }
}
