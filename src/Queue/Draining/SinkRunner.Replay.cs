using IoTGateway.Queue.Records;

namespace IoTGateway.Queue.Draining;

/// <content>Delivering once more what was delivered before, or what became a dead letter; on the first lane, between its batches.</content>
public sealed partial class SinkRunner
{
    private readonly Queue<Replay> _replays = new();

    /// <summary>
    /// Delivers records of the log once more, in order, between the live ones; the cursor stays where it is. The sink must not mind a repeat.
    /// </summary>
    /// <param name="range">Which records: those before the cursor.</param>
    /// <param name="cancellation">Gives up waiting; what is under way is finished.</param>
    /// <returns>How many records were delivered.</returns>
    /// <exception cref="InvalidOperationException">The sink refused one of them, is paused, or has stopped; the message says which.</exception>
    public async Task<long> ReplayAsync(ReplayRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        var replay = new Replay(range);
        if (_lanes.Length > 1)
        {
            throw new InvalidOperationException($"The consumer '{_consumer.Name}' has several lanes, between which a replay would not keep the order.");
        }

        lock (_gate)
        {
            if (_failure is not null || _consumer.IsPaused)
            {
                throw new InvalidOperationException(
                    _failure is null ? $"The consumer '{_consumer.Name}' is paused; resume it first." : $"The consumer '{_consumer.Name}' has stopped: {_failure.Message}");
            }

            if (_replays.Count > 0)
            {
                throw new InvalidOperationException($"A replay to '{_consumer.Name}' is under way; wait until it is done.");
            }

            _replays.Enqueue(replay);
            Monitor.PulseAll(_gate);
        }

        return await replay.Done.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private void EndReplays()
    {
        lock (_gate)
        {
            while (_replays.TryDequeue(out var replay))
            {
                replay.Done.TrySetException(new InvalidOperationException($"The consumer '{_consumer.Name}' has stopped; nothing was replayed."));
            }
        }
    }

    private bool HasReplay(Lane lane) => lane.Number == 0 && _replays.Count > 0;

    private Replay? TakeReplay(Lane lane)
    {
        lock (_gate)
        {
            return HasReplay(lane) ? _replays.Peek() : null;
        }
    }

    private void Run(Replay replay, Backoff away, CancellationToken cancellation)
    {
        try
        {
            if (replay.Range.DeadLetters)
            {
                TryParkedNow(replay.Range);
            }

            replay.Done.TrySetResult(DeliverAgain(replay.Range, away, cancellation));
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            replay.Done.TrySetException(new InvalidOperationException(failure.Message, failure));
        }
        catch (Exception failure)
        {
            replay.Done.TrySetException(new InvalidOperationException("The replay was cut off: the consumer was paused or has stopped. What was delivered stays.", failure));
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _replays.Dequeue();
            }
        }
    }

    private void TryParkedNow(ReplayRange range)
    {
        foreach (var topic in _parking.Topics().Where(topic => range.Topic is null || topic.Topic.Name == range.Topic))
        {
            topic.NextTryUnixMilliseconds = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            topic.Backoff.Reset();
        }

        WakeLanes();
    }

    private long DeliverAgain(ReplayRange range, Backoff away, CancellationToken cancellation)
    {
        // What stands behind the cursor is on its way anyway.
        var end = range.DeadLetters ? _log.End : Watermark();
        var kinds = range.DeadLetters ? RecordKinds.Of(RecordKind.DeadLetter) : _consumer.Kinds;
        var from = range.From is { } time && !range.DeadLetters ? _log.PositionAt(time) : _log.Start;
        using var reader = _log.OpenReader(from, kinds);
        var batch = new RecordBatch();
        var count = 0L;
        while (reader.TryRead(out var frame) && frame.Position < end)
        {
            foreach (var record in frame)
            {
                if (range.DeadLetters ? TakeDeadLetter(batch, record, range) : TakeAgain(batch, record, range))
                {
                    count++;
                }

                if (batch.Count >= _options.RecordsAtMost || batch.SizeBytes >= _options.BytesAtMost)
                {
                    Deliver();
                }
            }
        }

        Deliver();
        return count;

        void Deliver()
        {
            if (batch.Count > 0 && DeliverUntilHeard(batch, Watermark(), away, cancellation) is { Outcome: not DeliveryOutcome.Delivered } refused)
            {
                throw new InvalidOperationException($"'{_consumer.Name}' refused one of the records, and the replay was ended there: {refused.Reason}");
            }

            batch.Clear();
        }
    }

    /// <summary>What is parked comes in its own time; delivering it here would put it before what is parked ahead of it.</summary>
    private bool TakeAgain(RecordBatch batch, in LogRecord record, ReplayRange range)
    {
        if (record.Topic is null || !range.Holds(record) || record.Sequence >= _parking.FirstSequence(record.Topic))
        {
            return false;
        }

        batch.Add(record);
        return true;
    }

    private bool TakeDeadLetter(RecordBatch batch, in LogRecord record, ReplayRange range)
    {
        if (record.Topic?.Name != DeadLetterRecord.TopicOf(_consumer.Name))
        {
            return false;
        }

        var letter = DeadLetterRecord.Read(record.Body);
        if (!range.Holds(letter.Topic, letter.Sequence, letter.TimeUnixMilliseconds) || _log.FindTopic(letter.Topic) is not { } topic)
        {
            return false;
        }

        batch.Add(new LogRecord
        {
            Position = letter.Position,
            Kind = letter.Kind,
            Topic = topic,
            Sequence = letter.Sequence,
            TimeUnixMilliseconds = letter.TimeUnixMilliseconds,
            Body = letter.Body.Span,
        });
        return true;
    }

    private sealed record Replay(ReplayRange Range)
    {
        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
