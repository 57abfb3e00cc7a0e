namespace IoTGateway.Broker.Delivery;

/// <summary>
/// The retained messages by the levels of their topics, so that a subscription looks only where its filter leads. Not safe for several
/// threads.
/// </summary>
internal sealed class RetainedMessages
{
    private readonly Node _root = new();
    private bool _anyExpires;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how much memory they hold. Bytes.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The one of a topic; null where there is none.</summary>
    public Message? Find(string topic)
    {
        var node = _root;
        foreach (var level in topic.AsSpan().Split('/'))
        {
            if (node.Find(topic.AsSpan()[level]) is not { } child)
            {
                return null;
            }

            node = child;
        }

        return node.Message;
    }

    /// <summary>Keeps a message in the place of an earlier one of its topic; one with an empty payload only removes it (MQTT 5, 3.3.1.3).</summary>
    public void Set(Message message)
    {
        if (message.Payload.Length == 0)
        {
            Remove(message.Topic);
            return;
        }

        var node = _root;
        foreach (var level in message.Topic.AsSpan().Split('/'))
        {
            node = node.GetOrAdd(message.Topic.AsSpan()[level]);
        }

        Count += node.Message is null ? 1 : 0;
        SizeBytes += message.SizeBytes - (node.Message?.SizeBytes ?? 0);
        node.Message = message;
        _anyExpires |= message.ExpiresUnixMilliseconds is not null;
    }

    /// <summary>Collects the messages whose topics a filter matches.</summary>
    public void Match(string filter, List<Message> matches) => Match(_root, filter.Split('/'), 0, matches);

    /// <summary>Removes the messages whose time is over; returns how many.</summary>
    public int RemoveExpired(long nowUnixMilliseconds)
    {
        if (!_anyExpires)
        {
            return 0;
        }

        var all = new List<Message>();
        Collect(_root, all, withSystem: true);
        var expired = all.FindAll(message => message.HasExpired(nowUnixMilliseconds));
        expired.ForEach(message => Remove(message.Topic));
        return expired.Count;
    }

    private void Remove(string topic)
    {
        var path = new List<(Node Parent, string Level)>();
        var node = _root;
        foreach (var level in topic.Split('/'))
        {
            path.Add((node, level));
            if (node.Find(level) is not { } child)
            {
                return;
            }

            node = child;
        }

        Count -= node.Message is null ? 0 : 1;
        SizeBytes -= node.Message?.SizeBytes ?? 0;
        node.Message = null;
        for (var at = path.Count - 1; at >= 0 && node.IsEmpty; at--)
        {
            node = path[at].Parent;
            node.Children.Remove(path[at].Level);
        }
    }

    private static void Match(Node node, string[] levels, int at, List<Message> matches)
    {
        if (at == levels.Length)
        {
            Add(node, matches);
            return;
        }

        switch (levels[at])
        {
            case "#":
                Collect(node, matches, withSystem: at > 0);
                break;
            case "+":
                foreach (var (level, child) in node.Children)
                {
                    if (at > 0 || !IsSystem(level))
                    {
                        MatchBelow(child, levels, at, matches);
                    }
                }

                break;
            default:
                if (node.Find(levels[at]) is { } only)
                {
                    MatchBelow(only, levels, at, matches);
                }

                break;
        }
    }

    private static void MatchBelow(Node child, string[] levels, int at, List<Message> matches) => Match(child, levels, at + 1, matches);

    /// <summary>A node and everything below it: what "#" stands for, which includes no level at all.</summary>
    private static void Collect(Node node, List<Message> matches, bool withSystem)
    {
        Add(node, matches);
        foreach (var (level, child) in node.Children)
        {
            if (withSystem || !IsSystem(level))
            {
                Collect(child, matches, withSystem: true);
            }
        }
    }

    private static void Add(Node node, List<Message> matches)
    {
        if (node.Message is not null)
        {
            matches.Add(node.Message);
        }
    }

    /// <summary>Topics that begin with $ are not matched by a filter that begins with a wildcard (MQTT 5, 4.7.2).</summary>
    private static bool IsSystem(string firstLevel) => firstLevel.StartsWith('$');

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Message? Message { get; set; }

        public bool IsEmpty => Message is null && Children.Count == 0;

        public Node? Find(ReadOnlySpan<char> level) =>
            Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } known)
            {
                return known;
            }

            var child = new Node();
            Children.Add(level.ToString(), child);
            return child;
        }
    }
}
