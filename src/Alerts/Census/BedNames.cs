using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>How beds are called in sentences: by their name, with the ward where the name alone would not do.</summary>
/// <param name="censuses">The censuses that are spoken of.</param>
internal sealed class BedNames(params IEnumerable<WardCensus> censuses)
{
    // A bed's name is unique in its ward only.
    private readonly HashSet<string> _ambiguous =
        [.. censuses.SelectMany(census => census.Beds).Select(bed => (bed.Ward, bed.Id)).Distinct().GroupBy(bed => bed.Id, StringComparer.Ordinal).Where(beds => beds.Count() > 1).Select(beds => beds.Key)];

    public string Of(Bed bed) => _ambiguous.Contains(bed.Id) ? WithWard(bed) : bed.Id;

    /// <summary>From one bed to another: a change of the ward is always said.</summary>
    public string FromTo(Bed from, Bed to) => from.Ward == to.Ward ? $"from {Of(from)} to {Of(to)}" : $"from {WithWard(from)} to {WithWard(to)}";

    private static string WithWard(Bed bed) => $"{bed.Id} ({bed.Ward})";
}
