using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>Where a reader gets its bytes from: an open log, or the files of a log that another process has open.</summary>
internal interface ILogSource
{
    Files.IDisk Disk { get; }

    /// <summary>Everything before this address is durable.</summary>
    long EndAddress { get; }

    /// <summary>The segments, oldest first; an immutable snapshot.</summary>
    IReadOnlyList<Segment> Segments { get; }

    Topic? TopicOf(uint id);

    /// <summary>A reader found no whole frame here and goes on behind it.</summary>
    void ReportDamage(DamagedRange range);
}
