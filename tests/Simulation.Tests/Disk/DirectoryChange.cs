namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>A change of a directory's names that was not flushed yet. Applied whole or not at all.</summary>
/// <param name="Removed">The name that goes; null for none.</param>
/// <param name="Added">The name that comes, or comes to stand for another file; null for none.</param>
/// <param name="Content">The file that the added name stands for.</param>
internal sealed record DirectoryChange(string? Removed, string? Added, FileContent? Content);
