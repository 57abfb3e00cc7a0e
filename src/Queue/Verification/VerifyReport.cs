using IoTGateway.Queue.Damage;

namespace IoTGateway.Queue.Verification;

/// <summary>What a look at every byte of a log has found.</summary>
/// <param name="Segments">How many segment files there are.</param>
/// <param name="Bytes">How many bytes their frames have.</param>
/// <param name="Frames">How many whole frames they hold.</param>
/// <param name="Records">How many records.</param>
/// <param name="Checkpoints">How many checkpoints.</param>
/// <param name="Damages">Bytes that are not what was written, and what is missing with them.</param>
/// <param name="Faults">What else is wrong, one sentence each: numbers that do not follow each other, indexes and checkpoints that do not fit.</param>
public sealed record VerifyReport(
    int Segments, long Bytes, long Frames, long Records, int Checkpoints, IReadOnlyList<LogDamage> Damages, IReadOnlyList<string> Faults)
{
    /// <summary>Whether all is as it was written.</summary>
    public bool IsSound => Damages.Count == 0 && Faults.Count == 0;
}
