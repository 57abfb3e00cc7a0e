using System.Buffers;
using IoTGateway.Queue.Records;

namespace IoTGateway.Queue.Draining;

/// <content>Topics that fail: found, parked in the side file, tried again, and given up by policy.</content>
public sealed partial class SinkRunner
{
    /// <summary>Where nobody answers, so many topics are asked one by one before the sink itself counts as away.</summary>
    private const int SilentTopicsAtMost = 3;

    /// <summary>So many parked records are tried at once; fewer after a failure.</summary>
    private const int ParkedAtOnce = 1_000;

    private ParkedTopic CreateParked(Topic topic) => new(topic, new Backoff(_options.RetryFirst, _options.RetryAtMost, _random));

    /// <summary>The records of parked topics go behind those already parked; returns the others.</summary>
    private RecordBatch ParkFollowing(RecordBatch batch)
    {
        if (_parking.IsOutOfUse)
        {
            return batch;
        }

        batch = batch.Where((topic, sequence) => !_parking.WasReleased(topic, sequence));
        var parked = batch.Topics().Where(topic => _parking.Find(topic) is not null).ToHashSet();
        if (parked.Count == 0)
        {
            return batch;
        }

        foreach (var topic in parked)
        {
            Park(batch, topic, "");
        }

        _parking.Flush();
        return batch.Where(topic => !parked.Contains(topic));
    }

    /// <summary>Some of these records fail: finds out of which topics, and delivers the others. The topics that fail are parked.</summary>
    private void Isolate(RecordBatch batch, Delivery first, LogPosition before, Backoff away, CancellationToken cancellation)
    {
        while (true)
        {
            var topics = batch.Topics().ToList();
            var failing = new Dictionary<Topic, Delivery>();
            if (topics.Count == 1)
            {
                failing.Add(topics[0], first);
            }
            else if (topics.Count == 0)
            {
                // Records of no topic cannot be parked; the sink has to take them some time.
                WaitBecauseAway(first.Reason, away, cancellation);
                first = DeliverUntilHeard(batch, before, away, cancellation);
                if (first.Outcome == DeliveryOutcome.Delivered)
                {
                    return;
                }

                continue;
            }
            else if (IsSinkItself(Part(topics, first), topics, failing))
            {
                // Nobody got through and nobody can say why: more likely the sink than all its topics.
                WaitBecauseAway(first.Reason, away, cancellation);
                first = DeliverUntilHeard(batch, before, away, cancellation);
                if (first.Outcome == DeliveryOutcome.Delivered)
                {
                    return;
                }

                continue;
            }

            foreach (var (topic, delivery) in failing)
            {
                Park(batch, topic, delivery.Reason);
            }

            _parking.Flush();
            return;

            // Delivers some topics in parts and says whether any went through.
            bool Part(List<Topic> some, Delivery why)
            {
                var any = false;
                var silent = why.Outcome == DeliveryOutcome.Unclear;
                var size = silent ? 1 : (some.Count + 1) / 2;
                foreach (var part in some.Chunk(size))
                {
                    var wanted = part.ToHashSet();
                    var delivery = DeliverUntilHeard(batch.Where(wanted.Contains), before, away, cancellation);
                    if (delivery.Outcome == DeliveryOutcome.Delivered)
                    {
                        any = true;
                    }
                    else if (part.Length == 1)
                    {
                        failing.Add(part[0], delivery);
                        if (silent && !any && failing.Count >= SilentTopicsAtMost)
                        {
                            return false;
                        }
                    }
                    else
                    {
                        any |= Part([.. part], delivery);
                    }
                }

                return any;
            }
        }

        static bool IsSinkItself(bool any, List<Topic> topics, Dictionary<Topic, Delivery> failing) =>
            !any && topics.Count > 1 && failing.Values.All(delivery => delivery.Outcome == DeliveryOutcome.Unclear);
    }

    /// <summary>Copies a topic's records of a batch to the side file, or, where that is full, into the dead letters. Not durable before a flush.</summary>
    private void Park(RecordBatch batch, Topic topic, string reason)
    {
        var records = WithTopic(batch, topic);
        var parked = _parking.Find(topic);
        if (_parking.LiveBytes + records.SizeBytes > _options.ParkedBytesAtMost || parked?.SizeBytes + records.SizeBytes > _options.ParkedBytesAtMost / 4)
        {
            GiveUpAll(parked, "The side file is full. " + (reason.Length > 0 ? reason : parked?.Reason ?? ""));
            Bury(records, "The side file is full. " + (reason.Length > 0 ? reason : parked?.Reason ?? ""));
            return;
        }

        foreach (var touched in _parking.Append(records, _clock.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            if (parked is null)
            {
                touched.Reason = reason;
                Schedule(touched);
            }
        }
    }

    /// <summary>The records of one topic alone, with bodies of their own.</summary>
    private static RecordBatch WithTopic(RecordBatch batch, Topic topic)
    {
        var records = new RecordBatch();
        for (var index = 0; index < batch.Count; index++)
        {
            if (batch.TopicOf(index) == topic)
            {
                records.Add(batch[index]);
            }
        }

        return records;
    }

    private void Schedule(ParkedTopic topic)
    {
        topic.NextTryUnixMilliseconds = (_clock.GetUtcNow() + topic.Backoff.Next()).ToUnixTimeMilliseconds();
        topic.DeliveriesAtLastTry = Interlocked.Read(ref _deliveries);
        ScheduleTimer();
    }

    private void ScheduleTimer()
    {
        if (_parking.Topics() is { Count: > 0 } parked)
        {
            var delay = parked.Min(topic => topic.NextTryUnixMilliseconds) - _clock.GetUtcNow().ToUnixTimeMilliseconds();
            // A timer may be early by a moment, so it comes again.
            _retryTimer.Change(TimeSpan.FromMilliseconds(Math.Max(0, delay)), TimeSpan.FromSeconds(1));
        }
        else
        {
            _retryTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private ParkedTopic? NextDue(Lane lane)
    {
        if (_parking.IsEmpty)
        {
            return null;
        }

        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return _parking.Topics().Where(topic => LaneOf(topic.Topic) == lane && topic.NextTryUnixMilliseconds <= now)
            .MinBy(topic => topic.NextTryUnixMilliseconds);
    }

    /// <summary>
    /// Tries a parked topic: its records in order, in parts that are halved at each failure, until the one that fails is alone. That one is
    /// tried again later or, when the policy says so, becomes a dead letter, and those behind it go on. After some steps it is the others' turn.
    /// </summary>
    private void Retry(ParkedTopic topic, Backoff away, CancellationToken cancellation)
    {
        const int StepsAtMost = 32;
        var size = ParkedAtOnce;
        for (var step = 0; step < StepsAtMost && _parking.Find(topic.Topic) == topic; step++)
        {
            var records = _parking.Read(topic, size);
            var delivery = DeliverUntilHeard(records, Watermark(), away, cancellation);
            if (delivery.Outcome == DeliveryOutcome.Delivered)
            {
                topic.Tries = 0;
                topic.IsGivingUp = false;
                topic.Backoff.Reset();
                _parking.MarkDone(topic, records.Count);
                size = Math.Min(ParkedAtOnce, size * 2);
            }
            else if (records.Count > 1)
            {
                size = (records.Count + 1) / 2;
            }
            else
            {
                // Where nobody answers, that is held against a topic only if the sink has answered others.
                var counts = delivery.Outcome == DeliveryOutcome.MessagesFail || topic.DeliveriesAtLastTry < Interlocked.Read(ref _deliveries);
                topic.Tries += counts ? 1 : 0;
                topic.Reason = delivery.Reason;
                if (!counts || !MustGiveUp(topic))
                {
                    Schedule(topic);
                    return;
                }

                topic.IsGivingUp = true;
                topic.Tries = 0;
                GiveUp(topic, records, delivery.Reason);
            }
        }

        ScheduleTimer();
    }

    private bool MustGiveUp(ParkedTopic topic) =>
        topic.IsGivingUp
        || topic.Tries >= _options.ParkedTriesAtMost
        || _clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(topic.Records.Peek().ParkedUnixMilliseconds) >= _options.ParkedAtMost;

    private void GiveUpAll(ParkedTopic? topic, string reason)
    {
        while (topic is not null && _parking.Find(topic.Topic) == topic)
        {
            GiveUp(topic, _parking.Read(topic, ParkedAtOnce), reason);
        }
    }

    private void GiveUp(ParkedTopic topic, RecordBatch records, string reason)
    {
        Bury(records, reason);
        _parking.MarkDone(topic, records.Count);
    }

    /// <summary>Records become dead letters, durably, in their order.</summary>
    private void Bury(RecordBatch records, string reason)
    {
        const int SizeBytesAtMost = 1 << 20;
        var letters = new LogBatch();
        var body = new ArrayBufferWriter<byte>();
        var size = 0;
        for (var index = 0; index < records.Count; index++)
        {
            body.ResetWrittenCount();
            DeadLetterRecord.Write(body, records[index], reason.Length > 1_000 ? reason[..1_000] : reason);
            letters.Add(RecordKind.DeadLetter, DeadLetterRecord.TopicOf(_consumer.Name), body.WrittenSpan);
            size += body.WrittenCount;
            if (size > SizeBytesAtMost || index == records.Count - 1)
            {
                _log.Append(letters).Task.GetAwaiter().GetResult();
                Interlocked.Add(ref _deadLetters, letters.Count);
                letters.Clear();
                size = 0;
            }
        }
    }

    private LogPosition Watermark()
    {
        lock (_gate)
        {
            return Watermark_NeedsLock();
        }
    }
}
