using System.Collections.Immutable;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Definitions;

/// <summary>A rule as its file says it, checked: every name is known and everything fits.</summary>
internal sealed record RuleDefinition
{
    /// <summary>What people and consumers need to know of it.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The levels, the least urgent first; a rule without <c>levels</c> has one.</summary>
    public required ImmutableArray<LevelDefinition> Levels { get; init; }

    /// <summary>When it is over; null: when the condition of every level is definitely false.</summary>
    public Expression? ClearWhen { get; init; }

    /// <summary>For whom it is.</summary>
    public Applicability OnlyIn { get; init; } = Applicability.Everybody;

    /// <summary>
    /// Indexes of the rules whose alerts hold this one back while they stand (<c>suppressed by</c> here or <c>suppresses</c> there), rising.
    /// </summary>
    public ImmutableArray<int> SuppressedBy { get; init; } = [];

    /// <summary>The message's pieces; empty where each level has its own.</summary>
    public required ImmutableArray<MessageDefinition> Message { get; init; }

    /// <summary>The pieces of all messages, the rule's and those of its levels.</summary>
    public IEnumerable<MessageDefinition> Messages() => Message.Concat(Levels.SelectMany(level => level.Message ?? []));
}
