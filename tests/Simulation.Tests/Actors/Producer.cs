using System.Globalization;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>A device that publishes with QoS 1, and parts of the gateway that append batches or things nobody waits for.</summary>
internal sealed class Producer(string name) : Actor
{
    private readonly byte[] _client = Encoding.UTF8.GetBytes(name);
    private readonly LogBatch _batch = new();
    private int _number;

    public override void Begin(Life life)
    {
        // Every reading is new: what is not acknowledged is not sent again.
    }

    public override void Act(Life life, Random random)
    {
        var topic = string.Create(CultureInfo.InvariantCulture, $"devices/{name}/{random.Next(3)}");
        switch (random.Next(8))
        {
            case 0 when life.MayBlock():
                AppendBatch(life, random, topic);
                break;
            case 1 when life.MayBlock():
                var body = NextBody(life, random);
                life.History.Append(life.Log.Append(RecordKind.Reading, topic, body, Urgency.RideAlong), (RecordKind.Reading, topic, body));
                break;
            default:
                TryAppend(life, random, topic);
                break;
        }
    }

    public override bool Finish(Life life) => false;

    private void AppendBatch(Life life, Random random, string topic)
    {
        var records = new List<(RecordKind, string?, byte[])>();
        _batch.Clear();
        for (var count = random.Next(2, 6); count > 0; count--)
        {
            var body = NextBody(life, random);
            records.Add((RecordKind.Reading, topic, body));
            _batch.Add(RecordKind.Reading, topic, body);
        }

        life.History.Append(life.Log.Append(_batch), records);
    }

    private void TryAppend(Life life, Random random, string topic)
    {
        var body = NextBody(life, random);
        var headSize = PublishRecord.HeadSizeBytes(1, _client.Length, 0);
        var result = life.Log.TryAppend(RecordKind.Reading, Encoding.UTF8.GetBytes(topic), body.AsSpan(0, headSize), body.AsSpan(headSize), out var commit);
        if (result == AppendResult.Appended)
        {
            life.History.Append(commit!, (RecordKind.Reading, topic, body));
        }
        else
        {
            PromiseBrokenException.Unless(
                result == AppendResult.NoRoom || (result == AppendResult.Failed && life.Log.Failure is not null), Promise.NothingUnexpected, $"an append was answered {result}");
        }
    }

    private byte[] NextBody(Life life, Random random)
    {
        var payload = random.Next(10) switch
        {
            0 => PieceOfTheLog(life, random),
            1 => new byte[random.Next(1200)],
            _ => new byte[random.Next(1, 80)],
        };
        if (payload is not [(byte)'F', ..])
        {
            random.NextBytes(payload);
        }

        var head = new byte[PublishRecord.HeadSizeBytes(1, _client.Length, 0)];
        PublishRecord.WriteHead(head, 1, retain: false, 0, _client, default);
        return [.. head, .. BitConverter.GetBytes(++_number), .. payload];
    }

    /// <summary>Readings may hold anything, also frames of this very log: where they stand in a payload they must never be taken for frames.</summary>
    private static byte[] PieceOfTheLog(Life life, Random random)
    {
        var segments = life.Disk.FilesOf("/log").Where(name => name.EndsWith(".log", StringComparison.Ordinal)).ToList();
        var piece = new byte[2000];
        var length = segments.Count == 0 ? 0 : life.Disk.ContentOf("/log/" + segments[random.Next(segments.Count)]).Read(piece, SegmentHeader.SizeBytes);
        return length < FrameHeader.SizeBytes ? new byte[random.Next(1200)] : piece[..length];
    }
}
