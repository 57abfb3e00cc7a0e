namespace IoTGateway.Rules.Scenarios;

/// <summary>One thing that a scenario expects of one alert.</summary>
internal sealed record Expectation
{
    /// <summary>What.</summary>
    public required ExpectationKind Kind { get; init; }

    /// <summary>Of which alert.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>From when on, from the beginning of the scenario.</summary>
    public TimeSpan From { get; init; }

    /// <summary>Until when, this moment included; null: to the end of the scenario.</summary>
    public TimeSpan? To { get; init; }

    /// <summary>Whether <see cref="To"/> itself does not belong to it (<c>before: 90 s</c>).</summary>
    public bool IsToExcluded { get; init; }

    /// <summary>The level the alert has to be at; null where it does not matter.</summary>
    public AlertPriority? Priority { get; init; }

    /// <summary>Whether it has to be marked unverified; null where it does not matter.</summary>
    public bool? Unverified { get; init; }

    /// <summary>Whether another alert has to hold it back; null where it does not matter.</summary>
    public bool? Suppressed { get; init; }

    /// <summary>Whether people have to be told of it; null where it does not matter.</summary>
    public bool? Told { get; init; }

    /// <summary>The kind its rule has to have; null where it does not matter.</summary>
    public AlertKind? OfKind { get; init; }

    /// <summary>What people have to read, the whole text; null where it does not matter.</summary>
    public string? Message { get; init; }

    /// <summary>Of an escalation: who has to be told.</summary>
    public string Notify { get; init; } = "";

    /// <summary>The line in which it stands, from 1.</summary>
    public int Line { get; init; }
}
