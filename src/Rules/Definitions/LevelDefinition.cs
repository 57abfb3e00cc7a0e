using System.Collections.Immutable;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Definitions;

/// <summary>One level of an alert.</summary>
/// <param name="Priority">Its priority.</param>
/// <param name="When">The condition.</param>
/// <param name="WhenText">The condition as written.</param>
/// <param name="For">How long it has to hold; zero: not at all.</param>
internal sealed record LevelDefinition(AlertPriority Priority, Expression When, string WhenText, TimeSpan For)
{
    /// <summary>What people read while the alert is at this level; null: the rule's message.</summary>
    public ImmutableArray<MessageDefinition>? Message { get; init; }
}
