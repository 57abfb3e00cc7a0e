using System.Collections.Concurrent;
using System.Globalization;
using IoTGateway.Board.Ports;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Queues of as many topics as a test wants.</summary>
internal sealed class FakeQueues(FakeWard ward) : IQueueView
{
    private readonly ConcurrentDictionary<string, bool> _paused = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReplayOrder> _replays = new();

    public int TopicCount { get; set; } = 40;

    public IReadOnlyCollection<ReplayOrder> Replays => _replays;

    public int Topics => TopicCount;

    public int TopicsAtMost => 100_000;

    public long Refused => 3;

    public IReadOnlyList<ConsumerFigures> Consumers() =>
    [
        Figures("influx", 48_210, TimeSpan.FromMinutes(14), 12, "http://influx:8086 does not answer: connection refused", stores: true),
        Figures("mqtt-alerts", 0, null, 0, null, stores: false),
        Figures("rules", 2, TimeSpan.FromMilliseconds(300), 0, null, stores: false),
        Figures("store", 0, null, 0, null, stores: true),
    ];

    public TopicPage Find(TopicQuery query)
    {
        var rows = Enumerable.Range(1, TopicCount)
            .SelectMany(number => Consumers().Select(consumer => Row(number, consumer.Name)))
            .Where(row => row.Topic.Contains(query.Contains, StringComparison.Ordinal) && (query.Consumer is null || row.Consumer == query.Consumer))
            .Where(row => !query.WaitingOnly || row.Depth > 0)
            .OrderByDescending(row => row.Depth)
            .ToList();
        return new TopicPage(rows.Count, [.. rows.Skip(query.Offset).Take(query.AtMost)]);
    }

    public Task<DeadLetterPage> DeadLettersAsync(string? consumer, string? topic, int atMost, CancellationToken cancellation)
    {
        DeadLetter[] letters =
        [
            new("rules", "devices/mon-104/vitals", 81_223, ward.Now - TimeSpan.FromMinutes(7), "the payload is no JSON: 'e' is an invalid start of a value, at byte 12"),
            new("influx", "devices/mon-102/vitals", 80_950, ward.Now - TimeSpan.FromHours(2), "InfluxDB refuses the point: field type conflict: input field \"hr\" is type float, already exists as type string"),
            new("rules", "devices/mon-900/vitals", 12, ward.Now - TimeSpan.FromHours(26), "no known signal: 'heartbeat', 'bat'"),
        ];
        return Task.FromResult(new DeadLetterPage([.. letters.Where(each => (consumer is null || each.Consumer == consumer) && (topic is null || each.Topic == topic)).Take(atMost)], false));
    }

    public Task<PortAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellation)
    {
        _replays.Enqueue(order);
        return Task.FromResult(order.Consumer is "rules" or "mqtt-alerts"
            ? new PortAnswer(false, "The rules take each reading exactly once; a replay would raise alerts again that are over.")
            : new PortAnswer(true, $"12 records were delivered to '{order.Consumer}' once more."));
    }

    public Task<PortAnswer> PauseAsync(string consumer, bool stopMonitoring)
    {
        if (consumer is "rules" && !stopMonitoring)
        {
            return Task.FromResult(new PortAnswer(false, "While the rules are paused nobody is monitored and no alert is raised."));
        }

        _paused[consumer] = true;
        return Task.FromResult(new PortAnswer(true, $"The consumer '{consumer}' is paused."));
    }

    public Task<PortAnswer> ResumeAsync(string consumer)
    {
        _paused[consumer] = false;
        return Task.FromResult(new PortAnswer(true, $"The consumer '{consumer}' goes on."));
    }

    private ConsumerFigures Figures(string name, long depth, TimeSpan? age, long parked, string? trouble, bool stores) =>
        new(name, _paused.GetValueOrDefault(name), depth, age, parked, trouble, stores);

    private static TopicRow Row(int number, string consumer)
    {
        var depth = consumer == "influx" ? 1_200 - number * 7 % 900 : consumer == "rules" && number == 3 ? 2 : 0;
        return new TopicRow(
            $"devices/mon-{(100 + number).ToString(CultureInfo.InvariantCulture)}/vitals", consumer, 81_000 + number * 13, 1.0, Math.Max(0, depth),
            depth > 0 ? TimeSpan.FromSeconds(depth) : null, consumer == "influx" ? 0 : 1.0, consumer == "influx" && number == 2 ? 12 : 0);
    }
}
