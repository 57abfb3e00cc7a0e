namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>What can be done to a disk that changes it, or makes a change durable.</summary>
internal enum DiskOperation
{
    CreateFile,
    Write,
    Flush,
    RenameFile,
    DeleteFile,
    FlushDirectory,
}
