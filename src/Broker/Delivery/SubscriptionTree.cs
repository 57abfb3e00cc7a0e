using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Delivery;

/// <summary>
/// The subscriptions by the levels of their filters: what a message costs depends on how many match, not on how many there are. Not
/// safe for several threads.
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();

    /// <summary>Adds a subscription; one of the same subscriber with the same filter is replaced.</summary>
    public void Set(string filter, Subscription subscription)
    {
        var node = _root;
        foreach (var level in filter.AsSpan().Split('/'))
        {
            node = node.GetOrAdd(filter.AsSpan()[level]);
        }

        node.Subscriptions ??= [];
        node.Subscriptions[subscription.Subscriber] = subscription;
    }

    /// <summary>Removes a subscription.</summary>
    public void Remove(string filter, Subscriber subscriber)
    {
        var path = new List<(Node Parent, string Level)>();
        var node = _root;
        foreach (var level in filter.Split('/'))
        {
            path.Add((node, level));
            if (node.Find(level) is not { } child)
            {
                return;
            }

            node = child;
        }

        node.Subscriptions?.Remove(subscriber);
        for (var at = path.Count - 1; at >= 0 && node.IsEmpty; at--)
        {
            node = path[at].Parent;
            node.Remove(path[at].Level);
        }
    }

    /// <summary>Collects the subscriptions whose filters match a topic (MQTT 5, 4.7).</summary>
    public void Match(string topic, List<Subscription> matches)
    {
        // A filter that begins with a wildcard does not match a topic that begins with $ (MQTT 5, 4.7.2).
        Match(_root, topic, wildcards: topic[0] != '$', matches);
    }

    /// <remarks>As deep as the longest filter, which <see cref="TopicRules.LevelsAtMost"/> bounds.</remarks>
    private static void Match(Node node, ReadOnlySpan<char> rest, bool wildcards, List<Subscription> matches)
    {
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        if (wildcards && node.Find("#") is { Subscriptions: { } everything })
        {
            matches.AddRange(everything.Values);
        }

        Descend(node.Find(level), slash, rest, matches);
        if (wildcards)
        {
            Descend(node.Find("+"), slash, rest, matches);
        }
    }

    private static void Descend(Node? child, int slash, ReadOnlySpan<char> rest, List<Subscription> matches)
    {
        if (child is null)
        {
            return;
        }

        if (slash >= 0)
        {
            Match(child, rest[(slash + 1)..], wildcards: true, matches);
            return;
        }

        if (child.Subscriptions is { } exact)
        {
            matches.AddRange(exact.Values);
        }

        // "a/#" also matches "a" (MQTT 5, 4.7.1.2).
        if (child.Find("#") is { Subscriptions: { } parent })
        {
            matches.AddRange(parent.Values);
        }
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;

        public Dictionary<Subscriber, Subscription>? Subscriptions { get; set; }

        public bool IsEmpty => _children is null or { Count: 0 } && Subscriptions is null or { Count: 0 };

        public Node? Find(ReadOnlySpan<char> level) =>
            _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } known)
            {
                return known;
            }

            var child = new Node();
            (_children ??= new(StringComparer.Ordinal)).Add(level.ToString(), child);
            return child;
        }

        public void Remove(string level) => _children?.Remove(level);
    }
}
