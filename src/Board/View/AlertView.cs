namespace IoTGateway.Board.View;

/// <summary>One alert of a tile, ready to be read.</summary>
internal sealed record AlertView
{
    /// <summary>The alert's id, by which it is acknowledged.</summary>
    public required string Id { get; init; }

    /// <summary>The episode the person sees, which an acknowledgement names.</summary>
    public required string Episode { get; init; }

    /// <summary>"high", "medium" or "low".</summary>
    public required string Priority { get; init; }

    /// <summary>Whether it tells of what measures the patient.</summary>
    public required bool Technical { get; init; }

    /// <summary>The mark beside the colour: *** ** * for the patient, !!! !! ! for a technical alert.</summary>
    public required string Mark { get; init; }

    /// <summary>The priority and kind in words: "HIGH", "LOW technical".</summary>
    public required string Words { get; init; }

    /// <summary>The alert's name.</summary>
    public required string Name { get; init; }

    /// <summary>"86 % &lt; 88 %"; null where there is no value.</summary>
    public string? Comparison { get; init; }

    /// <summary>The rule's message, where it says more than the name.</summary>
    public string? Message { get; init; }

    /// <summary>Why it is in its present state.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when the condition has held, Unix milliseconds.</summary>
    public required long Since { get; init; }

    /// <summary>The same as people read it.</summary>
    public required string SinceText { get; init; }

    /// <summary>What is to be known of its state; null while it is simply active.</summary>
    public string? StateText { get; init; }

    /// <summary>Who acknowledged and when; null while nobody has.</summary>
    public string? Acknowledged { get; init; }

    /// <summary>Whether it rests on a doubtful value or can no longer be evaluated.</summary>
    public bool Unverified { get; init; }

    /// <summary>"active", "clearing" or "latched", which an acknowledgement names.</summary>
    public required string State { get; init; }

    /// <summary>When it calls again although it was acknowledged, Unix milliseconds; null: never.</summary>
    public long? CallsAgain { get; init; }

    /// <summary>"by anna: sensor being changed": who silenced it and why; null while nobody has.</summary>
    public string? Silence { get; init; }

    /// <summary>When the silence ends, Unix milliseconds.</summary>
    public long? SilencedUntil { get; init; }

    /// <summary>For how long it may be silenced at once, in seconds.</summary>
    public required int SilenceMost { get; init; }

    /// <summary>Whom is told next; null where nobody is.</summary>
    public string? NextRole { get; init; }

    /// <summary>When, Unix milliseconds; null where that is the end of the patient's pause or standby.</summary>
    public long? NextAt { get; init; }

    /// <summary>What has to be over before: silence, pause, standby; null where it is only a matter of time.</summary>
    public string? NextWaitsFor { get; init; }

    /// <summary>Whether all stages have gone by and nobody has acknowledged.</summary>
    public bool NobodyReached { get; init; }

    /// <summary>Who was told last, and what became of it; null where nobody was.</summary>
    public string? Told { get; init; }

    /// <summary>Whether it still calls for somebody: not acknowledged, silenced or held back.</summary>
    public required bool Calls { get; init; }
}
