using System.Globalization;

namespace IoTGateway.Queue.Damage;

/// <summary>Sequence numbers of a topic that were written but cannot be read any more.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
public sealed record MissingSequences(string Topic, long First, long Last)
{
    /// <summary>How many they are.</summary>
    public long Count => Last - First + 1;

    /// <summary>The topic and the numbers, in words.</summary>
    public override string ToString() => First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"{Topic} number {First}")
        : string.Create(CultureInfo.InvariantCulture, $"{Topic} numbers {First} to {Last}");
}
