using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>A rule for <see cref="RuleSetBuilder"/>; times in seconds.</summary>
internal sealed record RuleText(string Name, params (AlertPriority Priority, string When, double For)[] Levels)
{
    public RuleText(string name, string when, double waits = 0)
        : this(name, (AlertPriority.Medium, when, waits))
    {
    }

    public string? ClearWhen { get; init; }

    public double ClearAfter { get; init; }

    public Applicability OnlyIn { get; init; } = Applicability.Everybody;

    public string[] SuppressedBy { get; init; } = [];

    public string[] Was { get; init; } = [];

    /// <summary>The message's pieces; those that begin with <c>=</c> are expressions.</summary>
    public string[] Message { get; init; } = ["x"];
}
