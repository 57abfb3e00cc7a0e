using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IoTGateway.Readings.Census;

/// <summary>Who is where at one time: the beds in their fixed order. Immutable.</summary>
public sealed class WardCensus
{
    /// <summary>A census without beds: every device is its own patient.</summary>
    public static readonly WardCensus Empty = new([]);

    private readonly FrozenDictionary<string, Bed> _byDevice;

    /// <summary>Makes a census. Throws <see cref="ArgumentException"/> when a device or patient is in two beds.</summary>
    public WardCensus(ImmutableArray<Bed> beds)
    {
        Beds = beds;
        _byDevice = beds.SelectMany(bed => bed.Devices.Select(device => (device, bed)))
            .ToFrozenDictionary(pair => pair.device, pair => pair.bed, StringComparer.Ordinal);
        if (beds.Where(bed => bed.Patient is not null).GroupBy(bed => bed.Patient, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Patient '{twice.Key}' lies in {twice.Count()} beds.", nameof(beds));
        }
    }

    /// <summary>The beds in the order in which a board shows them.</summary>
    public ImmutableArray<Bed> Beds { get; }

    /// <summary>The bed at which a device stands; null where it stands at none.</summary>
    public Bed? BedOf(string device) => _byDevice.GetValueOrDefault(device);
}
