using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx;

/// <summary>A reading that the database refused for good. Holds patient data: it belongs into the dead letters, not into a log file.</summary>
/// <param name="Position">The log record it came from.</param>
/// <param name="Device">The device.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="Line">The line as it was sent, in UTF-8, without its line end.</param>
/// <param name="Reason">The server's words.</param>
public sealed record RejectedRow(LogPosition Position, string Device, Instant Time, ReadOnlyMemory<byte> Line, string Reason);
