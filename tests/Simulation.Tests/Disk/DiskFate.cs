namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>What becomes of one operation.</summary>
internal enum DiskFate
{
    /// <summary>It does what it should.</summary>
    Succeeds,

    /// <summary>It throws an <see cref="IOException"/>; what it had to do is done in part.</summary>
    Fails,

    /// <summary>The machine stops in the middle of it.</summary>
    Crashes,
}
