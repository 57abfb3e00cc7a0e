using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Connections;

/// <content>Packets that have arrived by half: they hold memory, so neither their time nor their size is the client's choice alone.</content>
internal sealed partial class MqttConnection
{
    /// <summary>Smaller parts are the ordinary seams of a stream and are not counted, so that receiving does not touch what all connections share.</summary>
    private const int UncountedBytes = 4 << 10;

    private long _halfSinceTimestamp;
    private long _halfCountedBytes;

    /// <summary>This connection was silent from its beginning, and others need its place.</summary>
    public void CloseAsSilent()
    {
        if (_broker.Complaints.TryPass())
        {
            _broker.Logger.SilentConnectionClosed(_broker.Options.ConnectionsAtMost);
        }

        Close(ReasonCode.Success);
    }

    /// <summary>Notes how much of the next packet has arrived, after each time that something did.</summary>
    /// <param name="bytes">What has arrived of it; 0 for nothing.</param>
    /// <param name="isNew">Whether an earlier packet was completed meanwhile.</param>
    private void NoteHalfPacket(long bytes, bool isNew)
    {
        if (bytes == 0)
        {
            Volatile.Write(ref _halfSinceTimestamp, 0);
        }
        else if (isNew || _halfSinceTimestamp == 0)
        {
            Volatile.Write(ref _halfSinceTimestamp, Math.Max(1, _broker.Clock.GetTimestamp()));
        }

        var counted = bytes > UncountedBytes ? bytes : 0;
        if (counted != _halfCountedBytes)
        {
            var more = counted - _halfCountedBytes;
            _halfCountedBytes = counted;
            if (!_broker.HalfPackets.TryChange(more))
            {
                Fail(ReasonCode.QuotaExceeded); // The connection looks at it before it waits for more.
            }
        }
    }

    /// <summary>Ends the connection if a packet has been on its way for too long.</summary>
    private void CheckHalfPacket()
    {
        var since = Volatile.Read(ref _halfSinceTimestamp);
        if (since != 0 && _broker.Clock.GetElapsedTime(since) >= _broker.Options.PacketTimeout)
        {
            if (_broker.Complaints.TryPass())
            {
                _broker.Logger.PacketNotCompleted(ClientId ?? "", _broker.Options.PacketTimeout);
            }

            Close(ReasonCode.KeepAliveTimeout);
        }
    }
}
