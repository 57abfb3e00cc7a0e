using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage;

/// <summary>What one device said of one moment, with the person it belongs to: one row of the store, one line of line protocol.</summary>
/// <param name="Device">The device's name; with <paramref name="Time"/> the key.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="Received">When the gateway received it.</param>
/// <param name="Assignment">Patient, bed and ward at the corrected time.</param>
/// <param name="Position">The log record it came from.</param>
/// <param name="FirstValue">Where its values begin in the batch.</param>
/// <param name="ValueCount">How many they are.</param>
public readonly record struct ReadingRow(
    string Device, Instant Time, Instant Received, Assignment Assignment, LogPosition Position, int FirstValue, int ValueCount);
