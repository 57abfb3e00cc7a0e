using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>One value of one signal as it was taken in.</summary>
/// <param name="Order">Its place among all samples of the patient; the place, not the time, says which windows have seen it.</param>
/// <param name="Time">When it was measured, Unix ms.</param>
/// <param name="Value">The number.</param>
/// <param name="Quality">How far it can be trusted.</param>
internal sealed record Sample(int Order, long Time, double Value, Quality Quality)
{
    /// <summary>Whether a later value of the same time took its place in averages and counts.</summary>
    public bool IsReplaced { get; set; }
}
