using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>
/// Writes readings to a database of its own, as storage does. One kind leaves its cursor to the log, lazily; the other keeps it with its
/// data. Some are slow.
/// </summary>
internal sealed class Sink(string name, bool keepsCursor, int laziness) : Actor
{
    private readonly Queue<(LogPosition Next, int Index)> _delivered = [];
    private LogConsumer? _consumer;
    private LogPosition? _ownCursor;
    private int _index;

    /// <summary>How many readings are in its database, which outlives the gateway's crashes.</summary>
    private int _handled;

    public override void Begin(Life life)
    {
        _delivered.Clear();
        var kinds = RecordKinds.Of(RecordKind.Reading);
        _consumer = keepsCursor
            ? life.Log.OpenConsumerAt(name, kinds, _ownCursor ?? life.Log.Start)
            : life.Log.OpenConsumer(name, kinds, life.Log.Start);
        _index = life.History.ReadingsBefore(_consumer.Position);
        PromiseBrokenException.Unless(
            _index <= _handled, Promise.DeliveredAtLeastOnce, $"the cursor of {name} is behind {_index} readings, but only {_handled} were handled");
    }

    public override void Act(Life life, Random random)
    {
        if (random.Next(laziness) > 0)
        {
            return;
        }

        switch (random.Next(12))
        {
            case 0:
                _consumer!.Dispose();
                Begin(life);
                break;
            case < 6:
                for (var frames = random.Next(1, 6); frames > 0 && Read(life); frames--)
                {
                }

                break;
            default:
                Handle();
                break;
        }
    }

    public override bool Finish(Life life)
    {
        if (Read(life))
        {
            Handle();
            return true;
        }

        Handle();
        PromiseBrokenException.Unless(
            _handled == life.History.Readings.Count,
            Promise.DeliveredAtLeastOnce, $"{name} has come to the end with {_handled} of {life.History.Readings.Count} readings");
        return false;
    }

    private bool Read(Life life)
    {
        if (!_consumer!.TryRead(out var frame))
        {
            return false;
        }

        foreach (var record in frame)
        {
            PromiseBrokenException.Unless(
                _index < life.History.Readings.Count && life.History.Readings[_index] == record.Position,
                Promise.DeliveredAtLeastOnce, $"{name} was given the reading at {record.Position} out of turn");
            _index++;
        }

        _delivered.Enqueue((frame.Next, _index));
        return true;
    }

    private void Handle()
    {
        while (_delivered.TryDequeue(out var delivered))
        {
            _handled = Math.Max(_handled, delivered.Index);
            _ownCursor = delivered.Next;
            _consumer!.Advance(delivered.Next);
        }
    }
}
