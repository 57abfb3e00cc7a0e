using IoTGateway.Simulation.Tests.Actors;
using IoTGateway.Simulation.Tests.Disk;

namespace IoTGateway.Simulation.Tests;

/// <summary>What outlives the gateway's crashes: the disk, those who use the gateway, and the memory of all that happened.</summary>
internal sealed class World
{
    public World(int seed, Tally tally)
    {
        Tally = tally;
        Random = new Random(seed);
        Conditions = Conditions.Draw(Random);
        Disk = new SimulatedDisk(Random);
        Actors =
        [
            .. Enumerable.Range(0, Random.Next(1, 4)).Select(number => new Producer($"p{number}")),
            .. Enumerable.Range(0, Random.Next(1, 3)).Select(number => new ExactClient($"c{number}")),
            new ExactlyOnceConsumer(),
            .. new[]
            {
                new Sink("lazy", keepsCursor: false, laziness: 1),
                new Sink("slow", keepsCursor: false, laziness: 10),
                new Sink("own", keepsCursor: true, laziness: 2),
            }.Where(_ => Random.Next(2) == 0),
        ];
    }

    public Random Random { get; }

    public Tally Tally { get; }

    public Conditions Conditions { get; }

    public SimulatedDisk Disk { get; }

    public History History { get; } = new();

    public IReadOnlyList<Actor> Actors { get; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Whether something on the disk is damaged, so that it may be told.</summary>
    public bool HasRotted { get; private set; }

    /// <summary>Lets the gateway live and crash again and again, and at last come to rest.</summary>
    /// <exception cref="PromiseBrokenException">A promise did not hold.</exception>
    public void Run()
    {
        for (var lives = Conditions.Lives; lives > 0; lives--)
        {
            var life = new Life(this, calm: false);
            if (life.TryBegin())
            {
                life.Run();
            }

            var powerWasLost = Random.Next(100) < Conditions.PowerLossesOf100;
            Tally.Count(powerWasLost ? "power losses" : "kills");
            Disk.Crash();
            Disk.Restart(powerWasLost);
            if (Conditions.CheckpointRots && !HasRotted && Random.Next(2) == 0)
            {
                RotNewestCheckpoint();
            }
        }

        var last = new Life(this, calm: true);
        PromiseBrokenException.Unless(last.TryBegin(), Promise.LogOpens, $"the log does not open on a sound disk");
        last.ComeToRest();
        Tally.Count("readings", History.Readings.Count);
    }

    private void RotNewestCheckpoint()
    {
        var names = Disk.FilesOf("/log/checkpoints").Where(name => name.EndsWith(".checkpoint", StringComparison.Ordinal)).ToList();
        if (names.Count > 0)
        {
            var projection = names[Random.Next(names.Count)].Split('.')[0];
            var newest = Disk.ContentOf("/log/checkpoints/" + names.FindLast(name => name.StartsWith(projection + ".", StringComparison.Ordinal)));
            newest.Rot(Random, 0, newest.Length);
            HasRotted = true;
            Tally.Count("rotten checkpoints");
        }
    }
}
