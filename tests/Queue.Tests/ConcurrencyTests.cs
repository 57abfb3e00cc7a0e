using System.Buffers.Binary;

namespace IoTGateway.Queue.Tests;

public class ConcurrencyTests : LogTest
{
    private const int Producers = 8;
    private const int RecordsEach = 20_000;

    [Fact]
    public async Task Append_ManyThreadsWhileAConsumerReads_EveryRecordOnceAndInOrder()
    {
        using var log = Open(Options(segmentSizeBytes: 4 << 20, pendingBytes: 256 << 10), new CountingProjection());
        using var consumer = log.OpenConsumer("rules", RecordKinds.Of(RecordKind.Reading), log.Start);

        var reading = Task.Run(() => ReadEverythingAsync(log, consumer), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => ProduceAsync(log, producer), Cancellation)));

        await reading.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Null(log.Failure);
        Assert.True(SegmentFiles().Length > 1);
    }

    private static async Task ProduceAsync(DurableLog log, int producer)
    {
        var topic = System.Text.Encoding.UTF8.GetBytes($"devices/{producer}/vitals");
        var payload = new byte[100];
        Commit? last = null;
        for (var number = 1; number <= RecordsEach; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, number);
            AppendResult result;
            while ((result = log.TryAppend(RecordKind.Reading, topic, default, payload, out var commit)) == AppendResult.NoRoom || commit is null)
            {
                Assert.Equal(AppendResult.NoRoom, result);
                await log.WaitForRoomAsync(Cancellation);
            }

            last = number == RecordsEach ? log.Append(RecordKind.Reading, $"devices/{producer}/last", payload) : last;
        }

        await last!.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    private static async Task ReadEverythingAsync(DurableLog log, LogConsumer consumer)
    {
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seen = 0; seen < Producers * (RecordsEach + 1);)
        {
            await consumer.WaitAsync(Cancellation);
            while (consumer.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    seen++;
                    var expected = next[record.Topic!.Name] = next.GetValueOrDefault(record.Topic.Name) + 1;
                    Assert.Equal(expected, record.Sequence);
                    if (record.Topic.Name.EndsWith("/vitals", StringComparison.Ordinal))
                    {
                        Assert.Equal(expected, BinaryPrimitives.ReadInt32LittleEndian(record.Body));
                    }
                }

                consumer.Advance(frame.Next);
            }
        }
    }
}
