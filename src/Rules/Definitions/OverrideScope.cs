namespace IoTGateway.Rules.Definitions;

/// <summary>For whom an override is, from the least to the most specific. The more specific one wins.</summary>
internal enum OverrideScope
{
    /// <summary>Everybody: the hospital's own value in place of the shipped one.</summary>
    Site = 0,

    /// <summary>The patients of a ward.</summary>
    Ward = 1,

    /// <summary>The patients with a tag.</summary>
    Tag = 2,
}
