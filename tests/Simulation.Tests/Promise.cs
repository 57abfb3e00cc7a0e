namespace IoTGateway.Simulation.Tests;

/// <summary>What is checked. The words are those of a failure's first line.</summary>
internal enum Promise
{
    /// <summary>What was acknowledged, or could be read, is there after a crash.</summary>
    AcknowledgedIsKept,

    /// <summary>The log holds what was appended, in that order, with the same bytes, and nothing else.</summary>
    OnlyWhatWasAppended,

    /// <summary>Each topic counts from 1 without a gap and never uses a number twice; positions and times never go back.</summary>
    NumbersAreContiguous,

    /// <summary>The records of a batch are there together or not at all.</summary>
    BatchIsWhole,

    /// <summary>After any crash the log opens.</summary>
    LogOpens,

    /// <summary>The exactly-once consumer has one output for each input, and its cursor says so.</summary>
    OutputOnce,

    /// <summary>The other consumers miss nothing, and no cursor is ahead of what was handled.</summary>
    DeliveredAtLeastOnce,

    /// <summary>A QoS 2 message is in its queue once, in order.</summary>
    ExactlyOnce,

    /// <summary>A session that was acknowledged is present after a restart.</summary>
    SessionIsKept,

    /// <summary>State from checkpoint and tail is the state that follows from everything that was ever in the log.</summary>
    StateFollowsFromTheLog,

    /// <summary>After the first failure everybody is told, and nothing is acknowledged any more.</summary>
    FailsClosed,

    /// <summary>Looked at without a lock while it is written, the log is consistent.</summary>
    SnapshotIsConsistent,

    /// <summary>Damage is reported where there is some, and only there.</summary>
    DamageIsTold,

    /// <summary>When faults end, everything comes to rest.</summary>
    ComesToRest,

    /// <summary>Nothing throws what nobody expects.</summary>
    NothingUnexpected,
}
