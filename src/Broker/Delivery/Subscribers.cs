using System.Collections.Immutable;
using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.Topics;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTGateway.Broker.Delivery;

/// <summary>
/// The subscribers, as the MQTT server keeps them: hands ordinary messages to it, checks subscriptions, knows who wants readings, and ends
/// whoever cannot keep up, since a subscriber that loses messages without knowing it is worse than none.
/// </summary>
internal sealed class Subscribers : IDisposable
{
    private readonly MqttServer _server;
    private readonly SessionStore _sessions;
    private readonly ConnectionRegistry _connections;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _readingsWanted = new(0, 1);
    private ImmutableArray<ReadingSubscriber> _readings = [];

    /// <summary>Listens to the events of the MQTT server.</summary>
    public Subscribers(MqttServer server, SessionStore sessions, ConnectionRegistry connections, ILogger logger)
    {
        _server = server;
        _sessions = sessions;
        _connections = connections;
        _logger = logger;
        server.InterceptingSubscriptionAsync += CheckAsync;
        server.ClientUnsubscribedTopicAsync += UnsubscribedAsync;
        server.SessionDeletedAsync += SessionDeletedAsync;
        server.ApplicationMessageEnqueuedOrDroppedAsync += EnqueuedOrDroppedAsync;
    }

    /// <summary>Who wants readings.</summary>
    public ImmutableArray<ReadingSubscriber> Readings
    {
        get
        {
            lock (_lock)
            {
                return _readings;
            }
        }
    }

    /// <summary>Completes once somebody wants readings.</summary>
    public async Task WaitForReadersAsync(CancellationToken cancellation)
    {
        while (Readings.IsEmpty)
        {
            await _readingsWanted.WaitAsync(cancellation);
        }
    }

    /// <summary>Hands a message to everybody who subscribed to its topic, and keeps it for later subscribers if it is retained.</summary>
    public async ValueTask PublishAsync(MqttApplicationMessage message, string sender)
    {
        if (_server.IsStarted)
        {
            await _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = sender });
        }
    }

    /// <summary>Drops what the MQTT server keeps for a client whose session has ended. Its connection has ended before.</summary>
    public async ValueTask ForgetAsync(string clientId)
    {
        Remove(clientId);
        if (!_server.IsStarted)
        {
            return;
        }

        MqttSessionStatus session;
        try
        {
            session = await _server.GetSessionAsync(clientId);
        }
        catch (InvalidOperationException)
        {
            return; // There is none.
        }

        await session.DeleteAsync();
    }

    /// <summary>Ends a session that cannot keep up; its client learns by session-present 0 that it has to begin anew.</summary>
    public async ValueTask EndAsync(string clientId)
    {
        if (_connections.Find(clientId) is { } connection)
        {
            connection.CloseAsTooSlow();
        }
        else if (_sessions.TryEnd(clientId))
        {
            _logger.SubscriberTooSlow(clientId);
            await ForgetAsync(clientId);
        }

        Remove(clientId);
    }

    /// <inheritdoc/>
    public void Dispose() => _readingsWanted.Dispose();

    private Task CheckAsync(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter;
        if (!TopicRules.IsFilter(filter.Topic))
        {
            subscription.ProcessSubscription = false;
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.TopicFilterInvalid;
        }
        else if (TopicRules.CanMatchReadings(filter.Topic))
        {
            Add(subscription.ClientId, subscription.Session, new ReadingFilter(filter.Topic, filter.QualityOfServiceLevel, filter.NoLocal));
        }

        return Task.CompletedTask;
    }

    private void Add(string clientId, MqttSessionStatus session, ReadingFilter filter)
    {
        lock (_lock)
        {
            var subscriber = _readings.FirstOrDefault(known => known.ClientId == clientId);
            if (subscriber is null)
            {
                subscriber = new ReadingSubscriber(clientId, session);
                _readings = _readings.Add(subscriber);
            }

            subscriber.Filters = [.. subscriber.Filters.Where(known => known.Filter != filter.Filter), filter];
            if (_readings.Length == 1 && _readingsWanted.CurrentCount == 0)
            {
                _readingsWanted.Release();
            }
        }
    }

    private Task UnsubscribedAsync(ClientUnsubscribedTopicEventArgs subscription)
    {
        lock (_lock)
        {
            var subscriber = _readings.FirstOrDefault(known => known.ClientId == subscription.ClientId);
            if (subscriber is not null)
            {
                subscriber.Filters = subscriber.Filters.RemoveAll(known => known.Filter == subscription.TopicFilter);
                if (subscriber.Filters.IsEmpty)
                {
                    _readings = _readings.Remove(subscriber);
                }
            }
        }

        return Task.CompletedTask;
    }

    private Task SessionDeletedAsync(SessionDeletedEventArgs session)
    {
        Remove(session.Id);
        return Task.CompletedTask;
    }

    private Task EnqueuedOrDroppedAsync(ApplicationMessageEnqueuedEventArgs message) =>
        message.IsDropped ? EndAsync(message.ReceiverClientId).AsTask() : Task.CompletedTask;

    private void Remove(string clientId)
    {
        lock (_lock)
        {
            _readings = _readings.RemoveAll(known => known.ClientId == clientId);
        }
    }
}
