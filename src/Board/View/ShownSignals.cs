using System.Collections.Frozen;

namespace IoTGateway.Board.View;

/// <summary>Which signals have a fixed place in a tile, and the words of the ward for them.</summary>
internal static class ShownSignals
{
    /// <summary>The short names people at a bedside use; other signals are shown by the name of the catalogue.</summary>
    public static readonly FrozenDictionary<string, string> Labels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["hr"] = "HR",
        ["pulse"] = "Pulse",
        ["spo2"] = "SpO2",
        ["rr"] = "RR",
        ["temp"] = "Temp",
        ["etco2"] = "EtCO2",
        ["glucose"] = "Glucose",
        ["o2"] = "O2",
        ["avpu"] = "ACVPU",
        ["gcs"] = "GCS",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The device's battery, which stands beside the device and not among the patient's values.</summary>
    public const string Battery = "battery";

    /// <summary>After this age a value without times of its own in the catalogue is stale: rather greyed too early than too late.</summary>
    public static readonly TimeSpan DefaultFreshness = TimeSpan.FromMinutes(5);

    /// <summary>A number is kept, greyed, for at least this long after it was measured; then only its note tells it.</summary>
    public static readonly TimeSpan ShortestExpiry = TimeSpan.FromHours(1);
}
