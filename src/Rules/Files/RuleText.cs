using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Files;

/// <summary>A rule with the places in its file, for what is found out once all rules are read.</summary>
internal sealed class RuleText
{
    /// <summary>The rule; its levels are in the order of <see cref="When"/>.</summary>
    public required RuleDefinition Definition { get; init; }

    /// <summary>The alert's name.</summary>
    public required ConfigNode Name { get; init; }

    /// <summary>The condition of each level; the same node twice where levels share it.</summary>
    public required ConfigNode[] When { get; init; }

    /// <summary>The key of each level; the alert's name where the rule has none.</summary>
    public required ConfigNode[] Levels { get; init; }

    /// <summary>The clear condition; null if there is none.</summary>
    public required ConfigNode? ClearWhen { get; init; }

    /// <summary>Names of alerts that this one holds back.</summary>
    public required IReadOnlyList<ConfigNode> Suppresses { get; init; }

    /// <summary>Names of alerts that hold this one back.</summary>
    public required IReadOnlyList<ConfigNode> SuppressedBy { get; init; }

    /// <summary>Conditions of which a number was called implausible already.</summary>
    public required HashSet<ConfigNode> Implausible { get; init; }
}
