using IoTGateway.Queue.Damage;

namespace IoTGateway.Queue.Segments;

/// <summary>The files of a log, as found.</summary>
/// <param name="Segments">The segments, oldest first.</param>
/// <param name="Stillborn">Paths of files that were begun but never used.</param>
/// <param name="Damages">What is missing or unreadable, as far as names, lengths and headers tell.</param>
internal sealed record SegmentFiles(IReadOnlyList<Segment> Segments, IReadOnlyList<string> Stillborn, IReadOnlyList<DamagedRange> Damages);
