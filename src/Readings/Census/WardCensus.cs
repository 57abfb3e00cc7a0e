using System.Collections.Immutable;

namespace IoTGateway.Readings.Census;

/// <summary>Who is where at one time: the beds in their fixed order. Immutable; two are equal when they say the same in the same order.</summary>
public sealed class WardCensus : IEquatable<WardCensus>
{
    /// <summary>A census without beds: every device is its own patient.</summary>
    public static readonly WardCensus Empty = new([]);

    // Made when first asked for: of the many censuses a history keeps, few are ever asked. Two threads may both make it; they make the same.
    private Dictionary<string, Bed>? _byDevice;

    /// <summary>
    /// Makes a census. Throws <see cref="ArgumentException"/>, naming all of them, when a bed stands twice in its ward, when a patient lies in two beds, when
    /// a device stands at two beds or twice at one, and when a patient has the name of a device at another bed: with an empty bed that device would be the
    /// same patient.
    /// </summary>
    public WardCensus(ImmutableArray<Bed> beds)
    {
        Beds = beds.IsDefault ? [] : beds;
        var faults = FindFaults(Beds);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(beds));
        }
    }

    private WardCensus(ImmutableArray<Bed> checkedBeds, bool isChecked)
    {
        System.Diagnostics.Debug.Assert(isChecked, "Beds that nobody has checked go through the public constructor.");
        Beds = checkedBeds;
    }

    /// <summary>The beds in the order in which a board shows them.</summary>
    public ImmutableArray<Bed> Beds { get; }

    /// <summary>The devices that stand at a bed, in no particular order.</summary>
    public IReadOnlyCollection<string> Devices => ByDevice.Keys;

    /// <summary>The bed at which a device stands; null where it stands at none.</summary>
    public Bed? BedOf(string device) => ByDevice.GetValueOrDefault(device);

    /// <summary>
    /// To whom a device belongs by this census; made anew at each call, see <see cref="CensusHistory.AssignmentOf"/>. A device at an empty bed is its own
    /// patient, in that bed.
    /// </summary>
    public Assignment AssignmentOf(string device) =>
        BedOf(device) is { } bed ? new Assignment(bed.Patient ?? device, bed.Ward, bed.Id) : Assignment.Unassigned(device);

    /// <inheritdoc/>
    public bool Equals(WardCensus? other) => other is not null && Beds.AsSpan().SequenceEqual(other.Beds.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WardCensus);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Beds.Length, Beds.IsEmpty ? null : Beds[0]);

    private Dictionary<string, Bed> ByDevice => _byDevice ??= Beds
        .SelectMany(bed => bed.Devices.Select(device => (device, bed)))
        .ToDictionary(pair => pair.device, pair => pair.bed, StringComparer.Ordinal);

    /// <summary>
    /// The same census in as little memory as possible, for keeping many: a bed that says the same as in <paramref name="other"/> is the same object, and
    /// nothing is kept for look-ups.
    /// </summary>
    internal WardCensus Sharing(WardCensus other)
    {
        if (Equals(other))
        {
            return new WardCensus(other.Beds, isChecked: true);
        }

        var others = other.Beds.ToDictionary(bed => (bed.Ward, bed.Id));
        var shared = Beds.Select(bed => others.TryGetValue((bed.Ward, bed.Id), out var same) && same == bed ? same : bed);
        return new WardCensus([.. shared], isChecked: true);
    }

    private static List<string> FindFaults(ImmutableArray<Bed> beds)
    {
        var faults = new List<string>();
        var places = new HashSet<(string Ward, string Bed)>();
        var patients = new Dictionary<string, Bed>(StringComparer.Ordinal);
        var devices = new Dictionary<string, Bed>(StringComparer.Ordinal);
        foreach (var bed in beds)
        {
            if (!places.Add((bed.Ward, bed.Id)))
            {
                faults.Add($"The bed '{bed.Id}' stands twice in the ward '{bed.Ward}'.");
            }

            if (bed.Patient is { } patient && !patients.TryAdd(patient, bed))
            {
                faults.Add($"The patient '{patient}' lies in two beds: {Place(patients[patient])} and {Place(bed)}.");
            }

            foreach (var device in bed.Devices)
            {
                if (!devices.TryAdd(device, bed))
                {
                    faults.Add(ReferenceEquals(devices[device], bed)
                        ? $"The device '{device}' is named twice at {Place(bed)}."
                        : $"The device '{device}' stands at two beds: {Place(devices[device])} and {Place(bed)}.");
                }
            }
        }

        foreach (var (patient, bed) in patients)
        {
            if (devices.TryGetValue(patient, out var other) && !ReferenceEquals(other, bed))
            {
                faults.Add($"The patient '{patient}' at {Place(bed)} has the name of a device, at {Place(other)}.");
            }
        }

        return faults;
    }

    private static string Place(Bed bed) => $"'{bed.Id}' in '{bed.Ward}'";
}
