using IoTGateway.Readings.Census;

namespace IoTGateway.Readings.Tests.Census;

/// <summary>Makes beds and censuses shortly.</summary>
internal static class TestWard
{
    /// <summary>A bed of the ward ICU.</summary>
    public static Bed Bed(string id, string? patient, params string[] devices) => new(id, "ICU", patient, [.. devices], [], []);

    /// <summary>A census of these beds.</summary>
    public static WardCensus CensusOf(params Bed[] beds) => new([.. beds]);

    /// <summary>An instant some seconds after an arbitrary beginning.</summary>
    public static Instant At(int seconds) => new(1_700_000_000_000 + (seconds * 1000L));
}
