using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>What a recording does not say of its patients.</summary>
public sealed record BacktestOptions
{
    /// <summary>Whom the patients count among; the rules that are shipped are for adults.</summary>
    public Population Population { get; init; } = Population.Adult;

    /// <summary>The ward of patients of whom the recording does not say it.</summary>
    public string Ward { get; init; } = "";

    /// <summary>Marks that every patient has.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Is told how far it has come, from 0 to 1.</summary>
    public Action<double>? Progress { get; init; }
}
