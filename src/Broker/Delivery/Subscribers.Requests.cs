using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Delivery;

/// <content>SUBSCRIBE and UNSUBSCRIBE.</content>
internal sealed partial class Subscribers
{
    /// <summary>The subscriber that a session is; made at its first subscription.</summary>
    public Subscriber Of(Session session) =>
        session.Subscriber ??= new Subscriber(session, new Outbox(options.SubscriberQueueAtMost, options.SubscriberBytesAtMost, _budget));

    /// <summary>
    /// Subscribes to each filter or says why not, in the order asked for. The answer stands before the retained messages, and those before
    /// anything published later. False where the client takes nothing of what it asks for.
    /// </summary>
    public bool TrySubscribe(Subscriber subscriber, SubscribePacket packet, bool version5)
    {
        lock (_lock)
        {
            var reasons = new byte[packet.Requests.Count];
            var retained = new List<OutgoingMessage>();
            for (var at = 0; at < reasons.Length; at++)
            {
                var reason = Subscribe_NeedsLock(subscriber, packet.Requests[at], packet.Identifier, retained);
                reasons[at] = version5 || reason < ReasonCode.Unspecified ? (byte)reason : (byte)ReasonCode.Unspecified;
            }

            var answer = RequestAnswers.Subscribed(packet.PacketIdentifier, reasons, version5);
            var atMost = options.SubscriberQueueAtMost + (2 * _retained.Count);
            return subscriber.Outbox.TryAnswer(answer) && retained.TrueForAll(message => subscriber.Outbox.TryAdd(message, atMost));
        }
    }

    /// <summary>Ends subscriptions; false where the client takes nothing of what it asks for.</summary>
    public bool TryUnsubscribe(Subscriber subscriber, UnsubscribePacket packet, bool version5)
    {
        lock (_lock)
        {
            var reasons = new byte[packet.Filters.Count];
            for (var at = 0; at < reasons.Length; at++)
            {
                var filter = packet.Filters[at];
                if (!TopicRules.IsFilter(filter))
                {
                    reasons[at] = (byte)ReasonCode.TopicFilterInvalid;
                }
                else if (subscriber.Subscriptions.Remove(filter!, out var subscription))
                {
                    _subscriptions.Remove(filter!, subscriber);
                    CountReadings_NeedsLock(subscription, -1);
                }
                else
                {
                    reasons[at] = (byte)ReasonCode.NoSubscriptionExisted;
                }
            }

            return subscriber.Outbox.TryAnswer(RequestAnswers.Unsubscribed(packet.PacketIdentifier, reasons, version5));
        }
    }

    private ReasonCode Subscribe_NeedsLock(Subscriber subscriber, SubscriptionRequest request, uint identifier, List<OutgoingMessage> retained)
    {
        if (!TopicRules.IsFilter(request.Filter))
        {
            return ReasonCode.TopicFilterInvalid;
        }

        var filter = request.Filter!;
        if (TopicRules.IsShared(filter))
        {
            return ReasonCode.SharedSubscriptionsNotSupported;
        }

        var known = subscriber.Subscriptions.GetValueOrDefault(filter);
        if (known is null && subscriber.Subscriptions.Count >= options.SubscriptionsPerSessionAtMost)
        {
            return ReasonCode.QuotaExceeded;
        }

        var subscription = new Subscription(subscriber, request, identifier);
        subscriber.Subscriptions[filter] = subscription;
        _subscriptions.Set(filter, subscription);
        if (known is null)
        {
            CountReadings_NeedsLock(subscription, 1);
        }

        if (request.RetainHandling == 0 || (request.RetainHandling == 1 && known is null))
        {
            CollectRetained_NeedsLock(subscription, retained);
        }

        return (ReasonCode)request.QualityOfService;
    }

    private void CollectRetained_NeedsLock(Subscription subscription, List<OutgoingMessage> retained)
    {
        var messages = new List<Message>();
        _retained.Match(subscription.Request.Filter!, messages);
        uint[]? identifiers = subscription.Identifier == 0 ? null : [subscription.Identifier];
        foreach (var message in messages)
        {
            if (!subscription.Request.NoLocal || !message.Sender.AsSpan().SequenceEqual(subscription.Subscriber.Session.Utf8ClientId))
            {
                var qualityOfService = (byte)Math.Min(message.QualityOfService, subscription.Request.QualityOfService);
                retained.Add(new OutgoingMessage(message, qualityOfService, Retain: true, identifiers, FromStore: true));
            }
        }
    }

    private void CountReadings_NeedsLock(Subscription subscription, int change)
    {
        if (!TopicRules.CanMatchReadings(subscription.Request.Filter!))
        {
            return;
        }

        var subscriber = subscription.Subscriber;
        var count = _readers.GetValueOrDefault(subscriber) + change;
        if (count > 0)
        {
            _readers[subscriber] = count;
        }
        else
        {
            _readers.Remove(subscriber);
        }

        Volatile.Write(ref _readersCount, _readers.Count);
        if (_readers.Count > 0 && _readingsWanted.CurrentCount == 0)
        {
            _readingsWanted.Release();
        }
    }
}
