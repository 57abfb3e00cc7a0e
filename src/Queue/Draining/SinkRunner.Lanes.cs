namespace IoTGateway.Queue.Draining;

/// <content>The lanes: each delivers its batches one after another, and between them what is parked and due.</content>
public sealed partial class SinkRunner
{
    private void RunLane(Lane lane, CancellationToken cancellation)
    {
        var away = new Backoff(_options.RetryFirst, _options.RetryAtMost, _random);
        while (true)
        {
            // In turn, so that neither holds up the other.
            if (NextDue(lane) is { } due)
            {
                Retry(due, away, cancellation);
            }

            if (TakeReplay(lane) is { } replay)
            {
                Run(replay, away, cancellation);
            }

            if (TryTake(lane, cancellation) is { } batch)
            {
                Deliver(lane, batch, away, cancellation);
            }
        }
    }

    /// <summary>The next batch; null when something else may be due.</summary>
    private RecordBatch? TryTake(Lane lane, CancellationToken cancellation)
    {
        lock (_gate)
        {
            cancellation.ThrowIfCancellationRequested();
            if (lane.Waiting is null)
            {
                // Whatever may come now pulses the gate; what came since the last look is seen by looking once more before waiting.
                if (NextDue(lane) is null && !HasReplay(lane))
                {
                    Monitor.Wait(_gate);
                }

                return null;
            }

            lane.Delivering = lane.Waiting;
            lane.Waiting = null;
            Monitor.PulseAll(_gate);
            return lane.Delivering;
        }
    }

    private void Deliver(Lane lane, RecordBatch batch, Backoff away, CancellationToken cancellation)
    {
        LogPosition before;
        LogPosition after;
        lock (_gate)
        {
            before = Watermark_NeedsLock();
            lane.Delivering = null;
            after = LogPosition.Earlier(Watermark_NeedsLock(), batch.Next);
            lane.Delivering = batch;
        }

        var live = ParkFollowing(batch);
        var delivery = DeliverUntilHeard(live, after, away, cancellation);
        if (delivery.Outcome != DeliveryOutcome.Delivered)
        {
            Isolate(live, delivery, before, away, cancellation);

            // The cursor, which the parts did not carry, with what belongs to no topic.
            DeliverUntilHeard(live.Where(_ => false), after, away, cancellation);
        }

        Complete(lane, batch);
    }

    private void Complete(Lane lane, RecordBatch batch)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var record = batch[index];
            _consumer.Delivered.Mark(record.Topic?.Id ?? 0, record.Sequence);
        }

        batch.Clear();
        lock (_gate)
        {
            lane.Delivering = null;
            lane.Spare = batch;
            var mark = Watermark_NeedsLock();
            lock (_consumerGate)
            {
                if (mark > _consumer.Position)
                {
                    _consumer.Advance(mark);
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Hands records over until the sink takes or refuses them; while it is away they wait, for ever if need be.</summary>
    private Delivery DeliverUntilHeard(RecordBatch records, LogPosition cursor, Backoff away, CancellationToken cancellation)
    {
        while (true)
        {
            var delivery = DeliverOnce(records, cursor, cancellation);
            if (delivery.Outcome == DeliveryOutcome.Delivered)
            {
                away.Reset();
                AwayReason = null;
                Interlocked.Increment(ref _deliveries);
                return delivery;
            }

            cancellation.ThrowIfCancellationRequested();
            if (delivery.Outcome != DeliveryOutcome.SinkIsAway && records.Topics().Count > 0)
            {
                return delivery;
            }

            WaitBecauseAway(delivery.Reason, away, cancellation);
        }
    }

    private void WaitBecauseAway(string reason, Backoff away, CancellationToken cancellation)
    {
        AwayReason = reason;
        Task.Delay(away.Next(), _clock, cancellation).GetAwaiter().GetResult();
    }

    private Delivery DeliverOnce(RecordBatch records, LogPosition cursor, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var delivering = _handler.DeliverAsync(records, cursor, limited.Token);
            return delivering.IsCompleted ? delivering.GetAwaiter().GetResult() : WaitForAnswer(delivering.AsTask(), limited);
        }
        catch (Exception failure) when (failure is not SinkStoppedException and not LogFailedException)
        {
            cancellation.ThrowIfCancellationRequested();
            return limited.IsCancellationRequested
                ? Delivery.Unclear(FormattableString.Invariant($"It did not answer within {_options.Deadline.TotalSeconds:0.###} s."))
                : Delivery.Refused($"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private Delivery WaitForAnswer(Task<Delivery> delivering, CancellationTokenSource limited)
    {
        while (!delivering.IsCompleted)
        {
            using var answered = new CancellationTokenSource();
            var deadline = Task.Delay(_options.Deadline, _clock, answered.Token);
            Task.WhenAny(delivering, deadline).GetAwaiter().GetResult();
            if (!delivering.IsCompleted && !_handler.IsWaiting)
            {
                limited.Cancel();
                break;
            }

            answered.Cancel();
        }

        return delivering.GetAwaiter().GetResult();
    }
}
