using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Definitions;

/// <summary>A signal that is computed from others: an expression, a score table, or a sum of scores.</summary>
internal abstract record DerivedDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How its value is written.</summary>
    public required Display Display { get; init; }

    /// <summary>Its UCUM unit; empty where it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How old an input may be; null where the catalogue decides.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>Where it is declared.</summary>
    public required Place Place { get; init; }
}
