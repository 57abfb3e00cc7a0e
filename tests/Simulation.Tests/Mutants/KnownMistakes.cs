using IoTGateway.Tests.Support.Mutants;

namespace IoTGateway.Simulation.Tests.Mutants;

/// <summary>The mistakes that the simulation is known to catch.</summary>
internal static class KnownMistakes
{
    private const string Queue = "src/Queue/";
    private const string Sessions = "src/Broker/Sessions/";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("acknowledges before the flush", Queue + "DurableLog.Writer.cs", "        _activeFile!.Flush();", "        frame.Commit.Succeed();\n        _activeFile!.Flush();"),
        new("does not flush frames", Queue + "DurableLog.Writer.cs", "        _activeFile!.Flush();", ""),
        new("ignores a flush that failed", Queue + "DurableLog.Writer.cs", "        _activeFile!.Flush();", "        try { _activeFile!.Flush(); } catch (IOException) { }"),
        new("does not flush a new segment's name", Queue + "DurableLog.Writer.cs", "        _disk.FlushDirectory(_options.Directory);", ""),
        new("does not record where the segment before ends", Queue + "DurableLog.Writer.cs", "Volatile.Read(ref _nextBase)), precedingEnd)", "Volatile.Read(ref _nextBase)), 0)"),
        new("appends to a torn tail", Queue + "DurableLog.Recovery.cs", "        _end = tail.End;\n", "        _active = last;\n        _activeFile = _disk.ReopenFile(last.Path);\n        last.End = tail.FileEnd;\n        _end = tail.End;\n"),
        new("builds on a tail that is not durable", Queue + "DurableLog.Recovery.cs", "        MakeDurable(last, tail.LastFrame);\n", ""),
        new("does not restore sequence numbers", Queue + "LogState.cs", "            topic.LastSequence = Math.Max(topic.LastSequence, record.Sequence);", ""),
        new("lets time go back", Queue + "LogClock.cs", "now > newest ? now : newest", "now"),
        new("uses a topic before its record", Queue + "DurableLog.Append.cs", "        Add_NeedsLock(RecordKind.Topic, topic: null, LogState.TopicBody(topic), default);\n", ""),
        new("tells only half of the waiters of a failure", Queue + "DurableLog.Failure.cs", "[_writing.Commit, _pending.Commit]", "[_writing.Commit]"),
        new("takes appends after a failure", Queue + "DurableLog.Append.cs", "                return _meter.Count(AppendResult.Failed);\n", "                _meter.Count(AppendResult.Failed);\n"),
        new("does not check a frame's checksum", Queue + "Segments/FrameHeader.cs", " && ChecksumOf(frame, address) == header.Checksum", ""),
        new("leaves the address out of the checksum", Queue + "Segments/FrameHeader.cs", "WriteInt64LittleEndian(seed, address)", "WriteInt64LittleEndian(seed, 0)"),
        new("takes an empty first segment for a damaged one", Queue + "LogReader.cs", "            _address = Math.Max(_address, segment.FirstFrame);\n            if (_address >= end)", "            if (_address >= end)"),
        new("moves the exactly-once cursor before the outputs", Queue + "LogConsumer.cs", "            _deliveredEnd = frame.Next.Address;", "            _deliveredEnd = frame.Next.Address;\n            Advance(frame.Next);"),
        new("appends outputs without their cursor", Queue + "DurableLog.Consumers.cs", "            outputs.Add(RecordKind.Cursor, topic: null, LogState.CursorBody(consumer.Name, cursor));\n", ""),
        new("checkpoints with a position behind the content", Queue + "DurableLog.Housekeeping.cs", "SaveCheckpoint(Checkpoints, projection, end)", "SaveCheckpoint(Checkpoints, projection, End)"),
        new("checkpoints content from behind the position", Queue + "DurableLog.Housekeeping.cs", "Replay(state, fresh, end)", "Replay(state, fresh, End)"),
        new("does not flush a checkpoint before it takes its place", Queue + "Files/DiskExtensions.cs", "            file.Flush();\n", ""),
        new("deletes the old checkpoint before the new one's name is durable", Queue + "Files/DiskExtensions.cs", "        disk.FlushDirectory(directory);\n", ""),
        new("replays what a checkpoint holds once more", Queue + "ProjectionReplay.cs", "from[index] = checkpoint.Position;", "from[index] = LogPosition.Beginning;"),
        new("leaves out the first record behind a checkpoint", Queue + "ProjectionReplay.cs", "record.Position >= from[index]", "record.Position.Address > from[index].Address + 160"),
        new("deletes segments that a consumer has not read", Queue + "DurableLog.Housekeeping.cs", "                needed = LogPosition.Earlier(needed, WouldGoOnFrom_NeedsLock(consumer));", ""),
        new("deletes segments that only a cursor in memory is past", Queue + "DurableLog.Housekeeping.cs", "WouldGoOnFrom_NeedsLock(consumer));\n", "consumer.HeldFrom);\n"),
        new("deletes segments that only the newest checkpoint is past", Queue + "DurableLog.Housekeeping.cs", "Checkpoints.OldestPosition(name) ?? LogPosition.Beginning", "Checkpoints.NewestPosition(name) ?? LogPosition.Beginning"),
        new("deletes segments that no checkpoint is past", Queue + "DurableLog.Housekeeping.cs", "            needed = LogPosition.Earlier(needed, Checkpoints.OldestPosition(name) ?? LogPosition.Beginning);", "            _ = name;"),
        new("deletes segments one after the other without flushing their names", Queue + "DurableLog.Housekeeping.cs", "            _disk.FlushDirectory(_options.Directory);\n", ""),
        new("forgets open packet identifiers at a start", Sessions + "SessionStore.cs", "                session.Open[identifier] = new OpenMessage(null, Logged: true);", "                _ = identifier;"),
        new("forgets releases", Sessions + "SessionProjection.cs", "releasing.Open.Remove(release.PacketIdentifier)", "releasing.Open.Contains(release.PacketIdentifier)"),
        new("keeps open packet identifiers over a clean start", Sessions + "SessionProjection.cs", "                session.Open.Clear();\n", ""),
        new("says that a session is present before its begin is durable", Sessions + "SessionStore.cs", "existing.Begun is { IsDurable: true } ? null : existing.Begun", "null"),
        new("leaves packet identifiers out of the sessions' checkpoint", Sessions + "SessionProjection.Format.cs", "                session.Open.Add(body.ReadUInt16());", "                _ = body.ReadUInt16();"),
    ];
}
