namespace IoTGateway.Board.Api.Replies;

/// <summary>One device.</summary>
internal sealed record DeviceReply
{
    /// <summary>Its name.</summary>
    public required string Device { get; init; }

    /// <summary>The ward it stands in.</summary>
    public required string Ward { get; init; }

    /// <summary>The bed it stands at; empty for none.</summary>
    public required string Bed { get; init; }

    /// <summary>Whose page shows what it measures: the patient at its bed, or, at no bed, the device itself; absent where there is no such page.</summary>
    public string? Patient { get; init; }

    /// <summary>Its newest values where no patient is known whose they are: at no bed, or alone at an empty one; else absent.</summary>
    public IReadOnlyList<ValueReply>? Values { get; init; }

    /// <summary>Whether it is connected; absent if it never said.</summary>
    public bool? Online { get; init; }

    /// <summary>When its newest reading was received, ISO 8601 in UTC; absent before the first.</summary>
    public string? LastReading { get; init; }

    /// <summary>How long ago that was at the time of the answer, in seconds.</summary>
    public double? SilentSeconds { get; init; }

    /// <summary>Its battery in percent; absent where it never said.</summary>
    public double? BatteryPercent { get; init; }

    /// <summary>Its firmware as it last said; absent where it never did.</summary>
    public string? Firmware { get; init; }

    /// <summary>How far its clock is behind (positive) the gateway's, in seconds; absent where nothing was learned.</summary>
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>Since when it is online or offline, ISO 8601 in UTC; absent where it never said.</summary>
    public string? StateSince { get; init; }
}
