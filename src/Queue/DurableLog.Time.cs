namespace IoTGateway.Queue;

/// <content>The time of the log, and telling people when the wall clock has left it.</content>
public sealed partial class DurableLog
{
    /// <summary>The clock that gives the records their times. Who compares a time with those of records uses this one.</summary>
    public LogClock Clock { get; }

    /// <summary>Records, once, that the wall clock is behind, has caught up or has jumped, so that whoever tells people can.</summary>
    private void TellClock()
    {
        lock (_gate)
        {
            if (_disposed || _failure is not null || Clock.TakeChange(_state.ClockBehindTold) is not { } change)
            {
                return;
            }

            _state.ClockBehindTold = change.Behind;
            Add_NeedsLock(RecordKind.Clock, topic: null, change.Write(), default);
            WakeWriter_NeedsLock();
        }
    }
}
