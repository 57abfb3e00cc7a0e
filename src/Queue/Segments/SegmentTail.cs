using IoTGateway.Queue.Damage;

namespace IoTGateway.Queue.Segments;

/// <summary>Where a segment's records end, found by reading all of them.</summary>
/// <param name="End">The address behind the last whole frame.</param>
/// <param name="FileEnd">The address behind the last byte of the file; what lies between the two is a torn frame that was never acknowledged.</param>
/// <param name="LastFrame">The header of the last whole frame; null if there is none.</param>
/// <param name="Damages">Bytes before the end that are no frame.</param>
internal sealed record SegmentTail(long End, long FileEnd, FrameHeader? LastFrame, IReadOnlyList<DamagedRange> Damages);
