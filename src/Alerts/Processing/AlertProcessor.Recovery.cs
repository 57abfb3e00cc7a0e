using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <content>
/// Checkpoints and the start. What is found at the start, and what is done:
/// <code>
/// found                                                      decision
/// a checkpoint at X, the cursor C at or behind it            restored; the inputs from X to C and the ticks in between are fed
///                                                              again, what comes of them is discarded: it stands in the log
/// a checkpoint at X, the cursor C before it (the cursor      restored; the frames from C to X are passed over: all that came
///   rides along, so its last move can be lost)                 of them was durable before the checkpoint was written
/// no checkpoint, or one this version cannot read, or the     an empty engine at C; alerts that stand stay, unverified, until
///   log from X on is gone                                      the engine knows of them or a person acknowledges them
/// </code>
/// </content>
internal sealed partial class AlertProcessor
{
    /// <summary>The name of the checkpoints of the rules' state.</summary>
    public const string CheckpointName = "rules-engine";

    private LogPosition _checkpointed;
    private Instant _checkpointTime;
    private bool _checkpointIsOld = true;

    /// <summary>Whether there was no room for the last one. It is then tried again at the shorter interval only: making it costs time.</summary>
    private bool _checkpointFoundNoRoom;

    /// <summary>
    /// Saves the state of the rules. Everything that came of it is durable before, else a restart would lose it. While patients still wait to be
    /// brought under other rules the one before serves; so it does while the volume has no room, for the rules need none to go on.
    /// </summary>
    public void SaveCheckpoint()
    {
        if (_host.IsMigrating)
        {
            return;
        }

        if (_newestCommit is { IsDurable: false } && _newestCommit != _lastCommit)
        {
            // A tick without a word still rides along; nothing would hasten it.
            _batch.Clear();
            _lastCommit = _newestCommit = _consumer.Advance(_consumer.Position, _batch);
        }

        _lastCommit?.Task.GetAwaiter().GetResult();
        var position = _consumer.Position;
        var state = new ArrayBufferWriter<byte>();
        _host.Save(state);
        _checkpointTime = Instant.Now(_clock);
        if (!HasRoom(() => _durableLog.Checkpoints.Save(CheckpointName, RuleHost.FormatVersion, position, state.WrittenSpan)))
        {
            return;
        }

        _checkpointed = position;
        _checkpointIsOld = false;
        _consumer.HeldFrom = _durableLog.Checkpoints.OldestPosition(CheckpointName) ?? position;
    }

    /// <summary>Told when it begins and when it is over, not each time.</summary>
    private bool HasRoom(Action save)
    {
        try
        {
            save();
        }
        catch (DiskFullException full)
        {
            if (!_checkpointFoundNoRoom)
            {
                AlertsLog.CheckpointFindsNoRoom(_log, full.Message, _options.TightCheckpointInterval.TotalSeconds);
            }

            _checkpointFoundNoRoom = true;
            return false;
        }

        if (_checkpointFoundNoRoom)
        {
            AlertsLog.CheckpointHasRoomAgain(_log);
        }

        _checkpointFoundNoRoom = false;
        return true;
    }

    private void SaveCheckpointIfDue(Instant now)
    {
        var consumed = _consumer.Position.Address - _checkpointed.Address;
        var interval = _durableLog.IsTight ? _options.TightCheckpointInterval : _options.CheckpointInterval;
        var isDue = _checkpointFoundNoRoom
            ? now - _checkpointTime >= _options.TightCheckpointInterval
            : _checkpointIsOld || consumed > _options.CheckpointBytes || (consumed > 0 && now - _checkpointTime >= interval);
        if (isDue)
        {
            SaveCheckpoint();
        }
    }

    private RuleHost Recover()
    {
        var cursor = _consumer.Position;
        string reason;
        try
        {
            if (_durableLog.Checkpoints.Load(CheckpointName, RuleHost.FormatVersion) is { } checkpoint)
            {
                _consumer.HeldFrom = LogPosition.Earlier(cursor, _durableLog.Checkpoints.OldestPosition(CheckpointName) ?? checkpoint.Position);
                return Restore(checkpoint, cursor);
            }

            reason = "There is no saved state of them.";
        }
        catch (InvalidDataException failure)
        {
            reason = failure.Message;
        }

        return BeginAnew(cursor, reason);
    }

    private RuleHost Restore(Checkpoint checkpoint, LogPosition cursor)
    {
        var from = checkpoint.Position;
        if (!_durableLog.Holds(from))
        {
            throw new InvalidDataException($"The state of the rules was saved at log position {from}, which the log does not hold any more.");
        }

        var host = NewHost(from);
        host.Restore(checkpoint.State.Span);
        _checkpointed = from;
        _checkpointTime = _started;
        _checkpointIsOld = false;
        _restoredTo = from;
        if (from < cursor)
        {
            HostFeed.Run(host, LogView.Of(_durableLog), from, cursor, Instant.MaxValue);
        }

        _lastBeforeStart = Instant.Later(host.LastRecorded, host.ListeningSince);
        _lastRecorded = host.LastRecorded.UnixMilliseconds;
        AlertsLog.RulesRestored(_log, from.Address, LogPosition.Earlier(from, cursor) == cursor ? from.Address : cursor.Address);
        return host;
    }

    private RuleHost BeginAnew(LogPosition cursor, string reason)
    {
        var standing = _ledger.Patients;
        if (standing.Count > 0)
        {
            AlertsLog.RulesBeginAnew(_log, reason, _ledger.Alerts.Count());
        }

        var time = TimeOfNextInput(cursor);
        _output.Begin(cursor, time);
        foreach (var patient in standing)
        {
            _output.Orphan(patient, time, "the rules had to begin anew; the alert is no longer verified");
        }

        var host = NewHost(cursor);
        host.BeginCare(Care);
        host.RecallObservations(LogView.Of(_durableLog), cursor);
        host.AdmitCensus(time, _output);
        if (_ruleSets.History.Before(cursor) is { } rules)
        {
            host.Load(rules, time, _output);
        }

        if (!_output.IsEmpty)
        {
            _batch.Clear();
            _output.MoveTo(_batch, tick: null);
            _lastCommit = _consumer.Advance(cursor, _batch);
        }

        return host;
    }

    private RuleHost NewHost(LogPosition position) =>
        new(_createEngine(), _census.History.Before(position.Address), device => _clockOffsets.OffsetOf(device, position.Address), _options.UnassignedDevicesAtMost, _log);

    /// <summary>An engine that begins in the past has to begin at that time, else everything it is fed would be old.</summary>
    private Instant TimeOfNextInput(LogPosition position)
    {
        using var reader = _durableLog.OpenReader(position, RuleHost.InputKinds);
        if (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                return new Instant(record.TimeUnixMilliseconds);
            }
        }

        return _started;
    }
}
