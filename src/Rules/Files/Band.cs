namespace IoTGateway.Rules.Files;

/// <summary>The numbers for which a row of a score table is.</summary>
/// <param name="Low">The lower end; null: there is none.</param>
/// <param name="LowIncluded">Whether the lower end belongs to it.</param>
/// <param name="High">The upper end; null: there is none.</param>
/// <param name="HighIncluded">Whether the upper end belongs to it.</param>
/// <param name="Node">Where it stands.</param>
internal sealed record Band(decimal? Low, bool LowIncluded, decimal? High, bool HighIncluded, ConfigNode Node)
{
    /// <summary>The same for numbers that are multiples of <paramref name="step"/> only, with both ends included.</summary>
    public Band OnGrid(decimal step) => this with
    {
        Low = LowIncluded ? Low : Low + step,
        LowIncluded = true,
        High = HighIncluded ? High : High - step,
        HighIncluded = true,
    };
}
