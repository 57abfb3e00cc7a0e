using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Tests.Delivery;

/// <summary>The trees of subscriptions and of retained messages against the rules of MQTT 5, 4.7, written down once more without a tree.</summary>
public class TreeTests
{
    private const int Seed = 20_261_122;

    private static readonly string[] Levels = ["", "a", "b", "$a", "A"];

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("a b", "a b", true)]
    public void Match_FilterAndTopic_FollowsTheRulesOfMqtt(string filter, string topic, bool expected)
    {
        Assert.Equal(expected, IsMatch(filter, topic));
        Assert.Equal(expected, Matches(SubscriptionsOf(filter), topic).Count == 1);
        Assert.Equal(expected, Matches(RetainedOf(topic), filter).Count == 1);
    }

    [Fact]
    public void Match_RandomFiltersAndTopics_IsAsWithoutATree()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            var filters = Enumerable.Range(0, 30).Select(_ => FilterOf(random)).Where(TopicRules.IsFilter).Distinct().ToArray();
            var topics = Enumerable.Range(0, 30).Select(_ => TopicOf(random)).Where(topic => topic.Length > 0).Distinct().ToArray();
            var subscriptions = SubscriptionsOf(filters);
            var retained = RetainedOf(topics);
            foreach (var gone in filters.Where(_ => random.Next(3) == 0).ToArray())
            {
                subscriptions.Remove(gone, _subscriber);
                filters = [.. filters.Where(filter => filter != gone)];
            }

            foreach (var gone in topics.Where(_ => random.Next(3) == 0).ToArray())
            {
                retained.Set(new Message(gone, [], 0, Retain: true));
                topics = [.. topics.Where(topic => topic != gone)];
            }

            Assert.Equal(topics.Length, retained.Count);
            foreach (var topic in topics)
            {
                Assert.Equal(filters.Where(filter => IsMatch(filter, topic)).Order(), Matches(subscriptions, topic).Order());
            }

            foreach (var filter in filters)
            {
                Assert.Equal(topics.Where(topic => IsMatch(filter, topic)).Order(), Matches(retained, filter).Order());
            }
        }
    }

    [Fact]
    public void Remove_Everything_LeavesNothingBehind()
    {
        var retained = RetainedOf("a/b/c", "a/b", "d");
        foreach (var topic in (string[])["a/b", "a/b/c", "d", "x/y"])
        {
            retained.Set(new Message(topic, [], 0, Retain: true));
        }

        Assert.Equal((0, 0L), (retained.Count, retained.SizeBytes));
    }

    [Fact]
    public void RemoveExpired_SomeAre_LeavesTheOthers()
    {
        var retained = new RetainedMessages();
        retained.Set(new Message("a", [1], 0, Retain: true) { ExpiresUnixMilliseconds = 1_000 });
        retained.Set(new Message("$SYS/b", [1], 0, Retain: true) { ExpiresUnixMilliseconds = 1_000 });
        retained.Set(new Message("c", [1], 0, Retain: true) { ExpiresUnixMilliseconds = 1_001 });
        retained.Set(new Message("d", [1], 0, Retain: true));

        Assert.Equal(2, retained.RemoveExpired(1_000));
        Assert.Equal(2, retained.Count);
    }

    private readonly Subscriber _subscriber = new(new Session("c", "c"u8.ToArray()), new Outbox(1, 1, new OutboxBudget(1)));

    private SubscriptionTree SubscriptionsOf(params string[] filters)
    {
        var tree = new SubscriptionTree();
        foreach (var filter in filters)
        {
            tree.Set(filter, new Subscription(_subscriber, new SubscriptionRequest(filter, 0, false, false, 0), 0));
        }

        return tree;
    }

    private static RetainedMessages RetainedOf(params string[] topics)
    {
        var retained = new RetainedMessages();
        foreach (var topic in topics)
        {
            retained.Set(new Message(topic, [1], 0, Retain: true));
        }

        return retained;
    }

    private static List<string> Matches(SubscriptionTree tree, string topic)
    {
        var matches = new List<Subscription>();
        tree.Match(topic, matches);
        return matches.ConvertAll(subscription => subscription.Request.Filter!);
    }

    private static List<string> Matches(RetainedMessages retained, string filter)
    {
        var matches = new List<Message>();
        retained.Match(filter, matches);
        return matches.ConvertAll(message => message.Topic);
    }

    private static bool IsMatch(string filter, string topic)
    {
        var (filters, topics) = (filter.Split('/'), topic.Split('/'));
        if (topic[0] == '$' && filters[0] is "+" or "#" && topic[0] == '$')
        {
            return false;
        }

        for (var at = 0; at < filters.Length; at++)
        {
            if (filters[at] == "#")
            {
                return true;
            }

            if (at >= topics.Length || (filters[at] != "+" && filters[at] != topics[at]))
            {
                return at == topics.Length && filters[at] == "#";
            }
        }

        return filters.Length == topics.Length;
    }

    private static string FilterOf(Random random)
    {
        var levels = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(4) == 0 ? "+" : Levels[random.Next(Levels.Length)]).ToList();
        if (random.Next(3) == 0)
        {
            levels.Add("#");
        }

        return string.Join('/', levels);
    }

    private static string TopicOf(Random random) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Levels[random.Next(Levels.Length)]));
}
