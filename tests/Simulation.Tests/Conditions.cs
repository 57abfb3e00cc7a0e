namespace IoTGateway.Simulation.Tests;

/// <summary>What is different from run to run, drawn from the seed.</summary>
internal sealed record Conditions
{
    /// <summary>Small, so that segments are sealed, checkpointed and deleted often.</summary>
    public required long SegmentSizeBytes { get; init; }

    public required long RetentionBytes { get; init; }

    public required TimeSpan RetentionAge { get; init; }

    public required int PendingBytesAtMost { get; init; }

    /// <summary>Lives of the gateway that end in a crash or a failure; one more follows in which everything comes to rest.</summary>
    public required int Lives { get; init; }

    public required int TurnsAtMost { get; init; }

    /// <summary>Whether operations of the disk fail.</summary>
    public required bool DiskFails { get; init; }

    /// <summary>What fits on the disk while the faults last.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Whether, once, the newest checkpoint of a projection rots; the one before it has to do.</summary>
    public required bool CheckpointRots { get; init; }

    /// <summary>How many of 100 crashes take the page cache along; the others only end the process.</summary>
    public required int PowerLossesOf100 { get; init; }

    public static Conditions Draw(Random random) => new()
    {
        SegmentSizeBytes = random.Next(600, 5000),
        RetentionBytes = random.Next(4) > 0 ? random.Next(4000) : 1 << 20,
        RetentionAge = TimeSpan.FromSeconds(random.Next(1, 7200)),
        PendingBytesAtMost = random.Next(3) == 0 ? 2048 : 1 << 20,
        Lives = random.Next(1, 7),
        TurnsAtMost = 1 << random.Next(4, 10),
        DiskFails = random.Next(3) == 0,
        CapacityBytes = random.Next(5) == 0 ? random.Next(2000, 30_000) : long.MaxValue,
        CheckpointRots = random.Next(6) == 0,
        PowerLossesOf100 = random.Next(4) switch { 0 => 0, 1 => 50, _ => 100 },
    };
}
