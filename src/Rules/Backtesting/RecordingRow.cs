using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting;

/// <summary>One value of a recording.</summary>
/// <param name="Time">Milliseconds from where the recording counts.</param>
/// <param name="Patient">The patient's place in the recording.</param>
/// <param name="Signal">What was measured.</param>
/// <param name="Value">The number; NaN for none.</param>
/// <param name="Quality">How far it can be trusted.</param>
/// <param name="Order">Its place in the file, so that sorting by time keeps the order of equals.</param>
internal readonly record struct RecordingRow(long Time, int Patient, Signal Signal, double Value, Quality Quality, int Order) : IComparable<RecordingRow>
{
    /// <inheritdoc/>
    public int CompareTo(RecordingRow other)
    {
        var byTime = Time.CompareTo(other.Time);
        var byPatient = byTime != 0 ? byTime : Patient.CompareTo(other.Patient);
        return byPatient != 0 ? byPatient : Order.CompareTo(other.Order);
    }
}
