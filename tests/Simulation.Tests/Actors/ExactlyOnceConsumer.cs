using System.Buffers.Binary;
using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>Makes one output of each reading, as the rules do, and appends outputs and cursor together. Knows nothing but its cursor.</summary>
internal sealed class ExactlyOnceConsumer : Actor
{
    private readonly LogBatch _outputs = new();
    private readonly List<long> _inHand = [];
    private LogConsumer? _consumer;
    private LogPosition _next;
    private int _index;

    public override void Begin(Life life)
    {
        _inHand.Clear();
        _consumer = life.Log.OpenConsumer("rules", RecordKinds.Of(RecordKind.Reading), life.Log.Start);
        _index = life.History.ReadingsBefore(_consumer.Position);
        PromiseBrokenException.Unless(
            _index == life.History.OutputCount,
            Promise.OutputOnce, $"{_index} readings stand before the cursor, but there are {life.History.OutputCount} outputs");
    }

    public override void Act(Life life, Random random)
    {
        if (random.Next(2) == 0)
        {
            for (var frames = random.Next(1, 6); frames > 0 && Read(life); frames--)
            {
            }
        }
        else if (life.MayBlock())
        {
            Append(life);
        }
    }

    public override bool Finish(Life life)
    {
        var found = Read(life);
        Append(life);
        return found;
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
                Promise.OutputOnce, $"the reading at {record.Position} was delivered out of turn");
            _index++;
            _inHand.Add(record.Position.Address);
        }

        _next = frame.Next;
        return true;
    }

    private void Append(Life life)
    {
        if (_inHand.Count == 0)
        {
            return;
        }

        var records = new List<(RecordKind, string?, byte[])>();
        _outputs.Clear();
        foreach (var input in _inHand)
        {
            var body = new byte[8 + input % 40];
            BinaryPrimitives.WriteInt64LittleEndian(body, input);
            records.Add((RecordKind.AlertEvent, "alerts/ward", body));
            _outputs.Add(RecordKind.AlertEvent, "alerts/ward", body);
        }

        _inHand.Clear();
        life.History.Append(_consumer!.Advance(_next, _outputs), records);
    }
}
