using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Archive.Files;

/// <summary>A copy of a record of the log on its way into the archive.</summary>
/// <param name="Position">Where it stands in the log.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Topic">Its logical queue; empty where it belongs to none.</param>
/// <param name="Recorded">When it was appended.</param>
/// <param name="Body">What it says.</param>
internal sealed record ArchiveRecord(LogPosition Position, RecordKind Kind, string Topic, Instant Recorded, byte[] Body);
