namespace IoTGateway.Broker.Connections;

/// <summary>What came over one connection. Written by its receive path only, so that counting costs no synchronisation.</summary>
internal sealed class ConnectionCounters
{
    private long _received;
    private long _receivedWithoutPromise;
    private long _duplicates;
    private long _refused;
    private long _ordinary;

    /// <summary>Messages taken into the log.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Those of them with QoS 0.</summary>
    public long ReceivedWithoutPromise => Volatile.Read(ref _receivedWithoutPromise);

    /// <summary>QoS 2 messages sent again.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Messages refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Ordinary messages.</summary>
    public long Ordinary => Volatile.Read(ref _ordinary);

    /// <summary>Counts a message taken into the log.</summary>
    public void CountReceived(int qualityOfService)
    {
        Volatile.Write(ref _received, _received + 1);
        if (qualityOfService == 0)
        {
            Volatile.Write(ref _receivedWithoutPromise, _receivedWithoutPromise + 1);
        }
    }

    /// <summary>Counts a QoS 2 message sent again.</summary>
    public void CountDuplicate() => Volatile.Write(ref _duplicates, _duplicates + 1);

    /// <summary>Counts a refused message.</summary>
    public void CountRefused() => Volatile.Write(ref _refused, _refused + 1);

    /// <summary>Counts an ordinary message.</summary>
    public void CountOrdinary() => Volatile.Write(ref _ordinary, _ordinary + 1);
}
