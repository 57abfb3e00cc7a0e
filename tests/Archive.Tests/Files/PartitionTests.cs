using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;

namespace IoTGateway.Archive.Tests.Files;

/// <summary>However the records come, in which batches, how often, over how many restarts: the same rows stand in the file.</summary>
public sealed class PartitionTests
{
    private const int Steps = 300;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task StoreAsync_AnyBatchesRepeatsAndRestarts_GiveTheSameRows(int seed)
    {
        var records = new RandomWard(seed, TestEvents.Noon, Steps).Records;
        using var once = new ArchiveFixture();
        await once.StoreAsync(records);
        var expected = once.Everything();
        Assert.True(expected.Length > Steps, $"{expected.Length} rows.");

        using var often = new ArchiveFixture();
        var random = new Random(seed);
        for (var done = 0; done < records.Count;)
        {
            var count = random.Next(1, 40);
            var batch = records.Skip(done).Take(count).ToList();
            switch (random.Next(5))
            {
                case 0:
                    often.Reopen();
                    break;
                case 1:
                    // A crash in the middle: the batch, or part of it, comes again.
                    await CrashAsync(often, batch);
                    break;
                case 2 when done > 0:
                    // The cursor of a copy that is older than the file, or lost: all of it comes again.
                    often.Execute("UPDATE cursor SET position = 0");
                    often.Reopen();
                    await often.StoreAsync(records.GetRange(random.Next(done), 1));
                    often.Execute($"UPDATE cursor SET position = {records[random.Next(done)].Position.Address}");
                    often.Reopen();
                    batch = records.Take(done + count).ToList();
                    break;
                default:
                    break;
            }

            await often.StoreAsync(batch);
            done = Math.Min(done + count, records.Count);
        }

        Assert.Equal(expected, often.Everything());
    }

    private static async Task CrashAsync(ArchiveFixture fixture, List<ArchiveRecord> batch)
    {
        fixture.Store.BeforeCommit = () => throw new InvalidOperationException("The machine has lost its power.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.StoreAsync(batch));
        fixture.Reopen();
    }
}
