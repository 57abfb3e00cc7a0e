namespace IoTGateway.Readings;

/// <summary>One thing that can be measured, as declared in <c>rules/00-signals.yaml</c>.</summary>
public sealed class Signal
{
    /// <summary>The place in <see cref="SignalCatalogue.Signals"/>; dense from 0, so that state can be kept in arrays.</summary>
    public required int Index { get; init; }

    /// <summary>The name used in payloads, rules and the store: lower case, digits and underscore, for example <c>spo2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person reads, for example "SpO2".</summary>
    public required string Name { get; init; }

    /// <summary>The unit in UCUM, for example <c>/min</c>, <c>%</c>, <c>mm[Hg]</c>, <c>Cel</c>; empty where there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The unit as people write it, for example "bpm" or "mmHg".</summary>
    public string UnitShown { get; init; } = "";

    /// <summary>The LOINC code, where there is one.</summary>
    public string? Loinc { get; init; }

    /// <summary>The ISO/IEEE 11073-10101 code (partition * 65536 + term), where there is one.</summary>
    public int? MdcCode { get; init; }

    /// <summary>How the value is written.</summary>
    public SignalForm Form { get; init; }

    /// <summary>The letters a <see cref="SignalForm.Letter"/> signal may have, for example "ACVPU".</summary>
    public string Letters { get; init; } = "";

    /// <summary>Whether it tells of the device itself (battery), not of the patient.</summary>
    public bool OfDevice { get; init; }

    /// <summary>The lowest plausible value; below it a value is questionable.</summary>
    public double PlausibleLow { get; init; } = double.NegativeInfinity;

    /// <summary>The highest plausible value; above it a value is questionable.</summary>
    public double PlausibleHigh { get; init; } = double.PositiveInfinity;

    /// <summary>Numbers at or below this are the device's way to say "no value" (<c>no value: "&lt;= 0"</c>); null: none are.</summary>
    public double? NoValueAtOrBelow { get; init; }

    /// <summary>Other names devices use for it, for example <c>heart_rate</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>After this time without a value the signal counts as missing; null: never.</summary>
    public TimeSpan? MissingAfter { get; init; }

    /// <summary>How long a value may be used by scores and shown as current.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>Digits after the decimal point when shown.</summary>
    public int Decimals { get; init; }

    /// <summary>Whether it counts whole points, as the Glasgow Coma Scale does: a number without a unit (or UCUM's <c>{score}</c>) and without digits after the point.</summary>
    public bool IsScale => Form == SignalForm.Number && Decimals == 0 && Unit is ("" or "{score}");

    /// <inheritdoc/>
    public override string ToString() => Id;
}
