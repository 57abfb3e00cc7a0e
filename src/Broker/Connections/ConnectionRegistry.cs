namespace IoTGateway.Broker.Connections;

/// <summary>The open connections, and which of them speaks for which client. Safe from any thread.</summary>
internal sealed class ConnectionRegistry
{
    private readonly Lock _lock = new();
    private readonly HashSet<MqttConnection> _connections = [];
    private readonly HashSet<MqttConnection> _silent = [];
    private readonly Queue<MqttConnection> _silentInOrder = [];
    private readonly Dictionary<string, MqttConnection> _byClient = new(StringComparer.Ordinal);
    private BrokerCounters _ended = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How many connections are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>All open connections at this moment.</summary>
    public IReadOnlyList<MqttConnection> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>How many connections have sent their CONNECT.</summary>
    public int Established
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count - _silent.Count;
            }
        }
    }

    /// <summary>Takes in a new connection. Where there are too many, returns the one that has been silent for longest, which is to be closed.</summary>
    public MqttConnection? Add(MqttConnection connection, int most)
    {
        lock (_lock)
        {
            _connections.Add(connection);
            while (_silentInOrder.TryPeek(out var oldest) && !_silent.Contains(oldest))
            {
                _silentInOrder.Dequeue();
            }

            MqttConnection? tooMany = null;
            if (_connections.Count > most && _silentInOrder.TryDequeue(out tooMany))
            {
                _silent.Remove(tooMany);
            }

            _silent.Add(connection);
            _silentInOrder.Enqueue(connection);
            return tooMany;
        }
    }

    /// <summary>The connection has sent its CONNECT.</summary>
    public void Greeted(MqttConnection connection)
    {
        lock (_lock)
        {
            _silent.Remove(connection);
        }
    }

    /// <summary>From here on this connection speaks for the client; returns the one that did before.</summary>
    public MqttConnection? Claim(string clientId, MqttConnection connection)
    {
        lock (_lock)
        {
            _byClient.TryGetValue(clientId, out var before);
            _byClient[clientId] = connection;
            return before;
        }
    }

    /// <summary>The connection that speaks for a client; null where it has none.</summary>
    public MqttConnection? Find(string clientId)
    {
        lock (_lock)
        {
            return _byClient.GetValueOrDefault(clientId);
        }
    }

    /// <summary>Forgets a connection that has ended; its figures are kept in the totals.</summary>
    public void Remove(MqttConnection connection)
    {
        lock (_lock)
        {
            if (!_connections.Remove(connection))
            {
                return;
            }

            _silent.Remove(connection);
            _ended = connection.AddTo(_ended);
            if (connection.ClientId is { } clientId && ReferenceEquals(_byClient.GetValueOrDefault(clientId), connection))
            {
                _byClient.Remove(clientId);
            }
        }
    }

    /// <summary>The totals over all connections, open and ended.</summary>
    public BrokerCounters Sum()
    {
        lock (_lock)
        {
            var sum = _ended;
            foreach (var connection in _connections)
            {
                sum = connection.AddTo(sum);
            }

            return sum with { Connections = _connections.Count };
        }
    }
}
