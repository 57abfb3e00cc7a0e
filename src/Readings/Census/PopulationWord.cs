namespace IoTGateway.Readings.Census;

/// <summary>The words by which a census says whom a patient counts among; an empty text where nobody has said.</summary>
public static class PopulationWord
{
    /// <summary>16 years or older, not pregnant.</summary>
    public const string Adults = "adults";

    /// <summary>Younger than 16 years.</summary>
    public const string Children = "children";

    /// <summary>Pregnant.</summary>
    public const string Pregnant = "pregnant";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Adults, Children, Pregnant];
}
