namespace IoTGateway.Readings.Census;

/// <summary>To whom a reading belongs.</summary>
/// <param name="Patient">The patient's id; the device's own name for an unassigned device.</param>
/// <param name="Ward">The ward's name, or <see cref="UnassignedWard"/>.</param>
/// <param name="Bed">The bed, or empty.</param>
public sealed record Assignment(string Patient, string Ward, string Bed)
{
    /// <summary>The ward of every device that stands at no bed.</summary>
    public const string UnassignedWard = "unassigned";

    /// <summary>An unassigned device is its own patient.</summary>
    public static Assignment Unassigned(string device) => new(device, UnassignedWard, "");
}
