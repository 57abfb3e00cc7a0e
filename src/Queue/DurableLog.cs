namespace IoTGateway.Queue;

/// <summary>
/// The one log that is the truth. One writer, one stream of fsyncs shared by all topics; group commit without a timer; consumers see only
/// what is fsynced. Appending and reading are safe from any thread.
/// </summary>
public sealed class DurableLog : IDisposable
{
    /// <summary>Opens or makes the log, recovers it and brings the projections up to its end.</summary>
    /// <param name="options">Where and how large.</param>
    /// <param name="disk">The door to the file system.</param>
    /// <param name="clock">Gives the records' times.</param>
    /// <param name="projections">State to recover; on return each holds the state at <see cref="End"/>.</param>
    /// <exception cref="LogCorruptException">Something that was fsynced cannot be read.</exception>
    /// <exception cref="IOException">The directory cannot be used, or another process has the log open.</exception>
    public static DurableLog Open(LogOptions options, Files.IDisk disk, TimeProvider clock, params IReadOnlyList<IProjection> projections) =>
        throw new NotImplementedException();

    /// <summary>The first record still kept stands at or behind this place.</summary>
    public LogPosition Start => throw new NotImplementedException();

    /// <summary>Everything before this place is durable. Consumers read up to here.</summary>
    public LogPosition End => throw new NotImplementedException();

    /// <summary>Why the log has stopped; null while it works.</summary>
    public LogFailedException? Failure => throw new NotImplementedException();

    /// <summary>Cancelled when the log has stopped.</summary>
    public CancellationToken Failed => throw new NotImplementedException();

    /// <summary>The checkpoints of those who keep their own state, beside the projections.</summary>
    public Checkpoints.CheckpointStore Checkpoints => throw new NotImplementedException();

    /// <summary>
    /// Appends one record if there is room among what waits for the next commit. The body is <paramref name="head"/> followed by
    /// <paramref name="payload"/>, so that a caller need not join them. Allocates nothing once the topic is known.
    /// </summary>
    /// <param name="kind">What it is.</param>
    /// <param name="utf8Topic">Its logical queue, made at need; empty for none.</param>
    /// <param name="head">The first part of the body.</param>
    /// <param name="payload">The rest of the body.</param>
    /// <param name="commit">When the record is durable.</param>
    /// <returns>Appended, or why not.</returns>
    public AppendResult TryAppend(RecordKind kind, ReadOnlySpan<byte> utf8Topic, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, out Commit? commit) =>
        throw new NotImplementedException();

    /// <summary>Waits until <see cref="TryAppend"/> may find room again.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Appends records that become durable together or not at all; blocks while there is no room.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit Append(LogBatch batch, Urgency urgency = Urgency.Now) => throw new NotImplementedException();

    /// <summary>Appends one record; blocks while there is no room.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit Append(RecordKind kind, string? topic, ReadOnlySpan<byte> body, Urgency urgency = Urgency.Now) => throw new NotImplementedException();

    /// <summary>Opens a reader without a name and without a cursor.</summary>
    public LogReader OpenReader(LogPosition from, RecordKinds kinds) => throw new NotImplementedException();

    /// <summary>
    /// Opens a consumer by its name. It goes on where its cursor stands in the log; a new one begins at <paramref name="start"/>.
    /// Segments it has not consumed are kept.
    /// </summary>
    /// <param name="name">Its name: lower case and hyphens.</param>
    /// <param name="kinds">What it wants to see.</param>
    /// <param name="start">Where a new consumer begins: <see cref="Start"/> or <see cref="End"/>, or anything between.</param>
    /// <exception cref="LogCorruptException">Its cursor is outside the log; the message names the gap.</exception>
    public LogConsumer OpenConsumer(string name, RecordKinds kinds, LogPosition start) => throw new NotImplementedException();

    /// <summary>Opens a consumer that keeps its own cursor (in its database, with the data): <paramref name="cursor"/> is authoritative.</summary>
    public LogConsumer OpenConsumerAt(string name, RecordKinds kinds, LogPosition cursor) => throw new NotImplementedException();

    /// <summary>Completes once <see cref="End"/> has moved beyond a place, or the log has stopped.</summary>
    public Task WaitBeyondAsync(LogPosition position, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The open consumers: name, place, how many records and how old the oldest.</summary>
    public IReadOnlyList<ConsumerStatus> Consumers => throw new NotImplementedException();

    /// <summary>The topics in the order they were made.</summary>
    public IReadOnlyList<Topic> Topics => throw new NotImplementedException();

    /// <summary>Commits what waits and closes the files.</summary>
    public void Dispose() => throw new NotImplementedException();
}
