namespace IoTGateway.Queue.Checkpoints;

/// <summary>Durable snapshots of state, each with its log position; CRC, fsync, two kept.</summary>
public sealed class CheckpointStore
{
    /// <summary>Writes a checkpoint durably; the oldest of three is deleted.</summary>
    /// <param name="name">Whose state it is: lower case and hyphens.</param>
    /// <param name="formatVersion">The version of the state's form.</param>
    /// <param name="position">The state includes everything before this place.</param>
    /// <param name="state">The state.</param>
    public void Save(string name, int formatVersion, LogPosition position, ReadOnlySpan<byte> state) => throw new NotImplementedException();

    /// <summary>The newest checkpoint that can be read; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The newest readable checkpoint has another format version.</exception>
    public Checkpoint? Load(string name, int formatVersion) => throw new NotImplementedException();
}
