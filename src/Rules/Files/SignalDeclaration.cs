using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Files;

/// <summary>A signal with what only the rules need to know of it.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="SensorOff">Normalised words in a device's own alarms that say that the sensor is not on the patient.</param>
internal sealed record SignalDeclaration(Signal Signal, IReadOnlyList<string> SensorOff)
{
    /// <summary>Where it is declared.</summary>
    public Place Place { get; init; } = new("", 0);
}
