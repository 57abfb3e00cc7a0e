namespace IoTGateway.Queue.Files;

/// <summary>There was no space to write a new file, and nothing else has happened: what was there before is untouched.</summary>
internal sealed class DiskFullException(string path, IOException cause) : IOException($"There is no space left to write {path}.", cause);
