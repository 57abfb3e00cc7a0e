using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Files;

/// <summary>The levels of a rule as they are read, the least urgent first, with their places.</summary>
internal sealed class LevelTexts
{
    /// <summary>The levels.</summary>
    public List<LevelDefinition> Definitions { get; } = [];

    /// <summary>Where each level's condition stands.</summary>
    public List<ConfigNode> When { get; } = [];

    /// <summary>Where each level begins.</summary>
    public List<ConfigNode> Keys { get; } = [];

    /// <summary>Conditions of which a number was called implausible.</summary>
    public HashSet<ConfigNode> Implausible { get; } = [];
}
