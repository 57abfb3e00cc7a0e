using IoTGateway.Board.Ports;
using IoTGateway.Control;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Hosting;

/// <summary>The durable queues for the board: the same figures as <c>queue list</c>, a page at a time.</summary>
internal sealed class BoardQueues(DurableLog log, QueueControl control, int topicsAtMost) : IQueueView
{
    // No topic has an empty name: with it only the consumers are listed.
    private const string NoTopic = "";
    private const string DeadLetterPrefix = "dead-letters/";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private QueueListing? _all;
    private long _allSince;

    /// <inheritdoc/>
    public int Topics => log.TopicCount;

    /// <inheritdoc/>
    public int TopicsAtMost => topicsAtMost;

    /// <inheritdoc/>
    public long Refused => control.List(NoTopic).Refused;

    /// <inheritdoc/>
    public IReadOnlyList<ConsumerFigures> Consumers()
    {
        var listing = control.List(NoTopic);
        var parked = All().Parked.GroupBy(row => row.Consumer, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row.Records), StringComparer.Ordinal);
        return [.. listing.Consumers.OrderBy(consumer => consumer.Name, StringComparer.Ordinal).Select(consumer => new ConsumerFigures(
            consumer.Name, consumer.Paused, consumer.Depth, Span(consumer.OldestAgeSeconds), parked.GetValueOrDefault(consumer.Name), consumer.Trouble, control.Stores(consumer.Name)))];
    }

    /// <inheritdoc/>
    public TopicPage Find(TopicQuery query)
    {
        var rows = All().Rows
            .Where(row => row.Topic.Contains(query.Contains, StringComparison.OrdinalIgnoreCase) && (query.Consumer is null || row.Consumer == query.Consumer))
            .Where(row => !query.WaitingOnly || row.Depth is null or > 0 || row.Parked > 0)
            .OrderByDescending(row => row.Depth ?? long.MaxValue)
            .ThenBy(row => row.Topic, StringComparer.Ordinal)
            .ThenBy(row => row.Consumer, StringComparer.Ordinal)
            .ToList();
        return new TopicPage(rows.Count, [.. rows.Skip(query.Offset).Take(query.AtMost).Select(row => new TopicRow(
            row.Topic, row.Consumer, row.Records, row.AppendedPerSecond, row.Depth, Span(row.OldestAgeSeconds), row.DeliveredPerSecond, row.Parked))]);
    }

    /// <inheritdoc/>
    public Task<DeadLetterPage> DeadLettersAsync(string? consumer, string? topic, int atMost, CancellationToken cancellation) => Task.Run(
        () =>
        {
            // They stand in the log in the order of time: the last ones are kept, all the others only passed.
            var newest = new Queue<DeadLetter>();
            var passed = 0;
            using var reader = log.OpenReader(log.Start, RecordKinds.Of(RecordKind.DeadLetter));
            while (!cancellation.IsCancellationRequested && reader.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    var letter = DeadLetterRecord.Read(record.Body);
                    var of = record.Topic is { } place && place.Name.StartsWith(DeadLetterPrefix, StringComparison.Ordinal) ? place.Name[DeadLetterPrefix.Length..] : "";
                    if ((consumer is not null && consumer != of) || (topic is not null && topic != letter.Topic))
                    {
                        continue;
                    }

                    newest.Enqueue(new DeadLetter(of, letter.Topic, letter.Sequence, new Instant(letter.TimeUnixMilliseconds), letter.Reason));
                    if (newest.Count > atMost)
                    {
                        newest.Dequeue();
                        passed++;
                    }
                }
            }

            cancellation.ThrowIfCancellationRequested();
            return new DeadLetterPage([.. newest.Reverse()], passed > 0);
        },
        cancellation);

    /// <inheritdoc/>
    public async Task<PortAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellation) => Answer(await control.ReplayAsync(
        order.Consumer,
        new ControlRequest { DeadLetters = order.DeadLetters, Topic = order.Topic, From = order.From?.ToDateTimeOffset(), To = order.To?.ToDateTimeOffset() },
        cancellation));

    /// <inheritdoc/>
    public async Task<PortAnswer> PauseAsync(string consumer, bool stopMonitoring) => Answer(await control.PauseAsync(consumer, stopMonitoring));

    /// <inheritdoc/>
    public async Task<PortAnswer> ResumeAsync(string consumer) => Answer(await control.ResumeAsync(consumer));

    private static PortAnswer Answer(ControlAnswer answer) => new(answer.Done, answer.Message);

    private static TimeSpan? Span(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

    // With 100,000 topics the listing costs something: several pages that look at once share one.
    private QueueListing All()
    {
        lock (_gate)
        {
            if (_all is null || log.Clock.GetElapsedTime(_allSince) > KeptFor)
            {
                _all = control.List(topic: null);
                _allSince = log.Clock.GetTimestamp();
            }

            return _all;
        }
    }
}
