using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <content>The reader: fills the lanes in log order, and waits where a lane is full.</content>
public sealed partial class SinkRunner
{
    /// <summary>Everything before this place is in the lanes. Guarded by the gate.</summary>
    private LogPosition _readTo;

    /// <summary>Why the session ended: the volume has no room for the side file. It begins anew when some time has passed.</summary>
    private volatile DiskFullException? _noRoom;

    private void Run(CancellationToken cancellation)
    {
        var full = new Backoff(_options.RetryFirst, _options.RetryAtMost, _random);
        while (!cancellation.IsCancellationRequested && _failure is null)
        {
            try
            {
                _consumer.WaitUntilResumedAsync(cancellation).GetAwaiter().GetResult();
                RunUntilPaused(cancellation);
                if (_noRoom is { } reason)
                {
                    // The side file has to wait for room, and so has what would be parked: nothing goes past it, and nothing is lost.
                    _noRoom = null;
                    WaitBecauseAway(reason.Message, full, cancellation);
                }
                else
                {
                    full.Reset();
                }
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        EndReplays();
    }

    /// <summary>One session: begins at the cursor, with empty lanes. What is on its way when it ends comes again in the next one.</summary>
    private void RunUntilPaused(CancellationToken cancellation)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _consumer.Pausing);
        using var woken = session.Token.Register(WakeLanes);
        lock (_gate)
        {
            lock (_consumerGate)
            {
                _consumer.Rewind();
                _readTo = _consumer.Position;
            }

            foreach (var lane in _lanes)
            {
                (lane.Waiting, lane.Delivering) = (null, null);
                lane.Filling.Clear();
                lane.EndsWithinFrame = false;
            }
        }

        var threads = _lanes.Select(lane => new Thread(() => Guard(() => RunLane(lane, session.Token))) { Name = $"sink {_consumer.Name} {lane.Number}", IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        Guard(() =>
        {
            while (true)
            {
                _consumer.WaitAsync(session.Token).GetAwaiter().GetResult();
                if (_options.GatherAtMost > TimeSpan.Zero)
                {
                    Task.Delay(_options.GatherAtMost, _clock, session.Token).GetAwaiter().GetResult();
                }

                Drain(session.Token);
            }
        });
        session.Cancel();
        threads.ForEach(thread => thread.Join());

        void Guard(Action work)
        {
            try
            {
                work();
            }
            catch (OperationCanceledException) when (session.IsCancellationRequested)
            {
                // A pause, the end, or a failure of another thread.
            }
            catch (DiskFullException failure)
            {
                _noRoom = failure;
                session.Cancel();
            }
            catch (Exception failure)
            {
                Fail(failure);
                session.Cancel();
            }
        }
    }

    /// <summary>Puts everything the log holds by now into the lanes.</summary>
    private void Drain(CancellationToken cancellation)
    {
        while (TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                if (record.Topic is null)
                {
                    // What belongs to no topic (a census) concerns them all.
                    foreach (var lane in _lanes)
                    {
                        Add(lane, record, frame.Position, cancellation);
                    }
                }
                else
                {
                    Add(LaneOf(record.Topic), record, frame.Position, cancellation);
                }
            }

            lock (_gate)
            {
                _readTo = frame.Next;
            }

            cancellation.ThrowIfCancellationRequested();
        }

        foreach (var lane in _lanes)
        {
            if (lane.Filling.Count > 0 || lane.EndsWithinFrame)
            {
                Seal(lane, _readTo, cancellation);
                lane.EndsWithinFrame = false;
            }
        }

        SealForCursor(cancellation);
    }

    /// <summary>A sink with an own cursor has to hear of a long stretch of the log that held nothing for it, or the log would be kept for ever.</summary>
    private void SealForCursor(CancellationToken cancellation)
    {
        var position = _consumer.Position;
        if (position.Address - _consumer.HeldFrom.Address < _options.CursorDistanceBytes)
        {
            return;
        }

        lock (_gate)
        {
            if (!_lanes.All(lane => lane.IsIdle))
            {
                return;
            }

            _readTo = position;
        }

        Seal(_lanes[0], position, cancellation);
    }

    private bool TryRead(out LogFrame frame)
    {
        lock (_consumerGate)
        {
            return _consumer.TryRead(out frame);
        }
    }

    private Lane LaneOf(Topic topic) => _lanes[topic.Id % (uint)_lanes.Length];

    private void Add(Lane lane, in LogRecord record, LogPosition frame, CancellationToken cancellation)
    {
        if (lane.Filling.Count == 0)
        {
            lane.Filling.From = frame;
        }

        lane.Filling.Add(record);
        if (lane.Filling.Count >= _options.RecordsAtMost || lane.Filling.SizeBytes >= _options.BytesAtMost)
        {
            // Within a frame the cursor stays at its beginning: what is delivered of it may come again.
            Seal(lane, frame, cancellation);
            lane.EndsWithinFrame = true;
        }
    }

    /// <summary>Hands a batch to its lane, once the lane has taken the one before it.</summary>
    private void Seal(Lane lane, LogPosition next, CancellationToken cancellation)
    {
        lock (_gate)
        {
            while (lane.Waiting is not null)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            lane.Filling.From = lane.Filling.Count > 0 ? lane.Filling.From : next;
            lane.Filling.Next = next;
            lane.Waiting = lane.Filling;
            lane.Filling = lane.Spare ?? new RecordBatch();
            lane.Spare = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Everything before this place is dealt with. Under the gate.</summary>
    private LogPosition Watermark_NeedsLock()
    {
        var mark = _readTo;
        foreach (var lane in _lanes)
        {
            mark = LogPosition.Earlier(mark, lane.OldestOpen ?? mark);
        }

        return mark;
    }

    private void WakeLanes()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
