using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What the engine needs to know of a signal.</summary>
internal static class SignalSlot
{
    /// <summary>Puts it together.</summary>
    public static SlotInfo Of(SignalDeclaration declaration, RuleSetDefinition definition)
    {
        var signal = declaration.Signal;
        var expires = Milliseconds(signal.MissingAfter ?? signal.ValidFor);
        long[] lifetimes =
        [
            .. definition.Derived.OfType<ScoreDefinition>()
                .Where(score => score.Rows.Any(row => row.Condition.Names().Contains(signal.Id)))
                .Select(score => LifetimeIn(score, signal)).Append(expires).Where(span => span != SlotState.None).Distinct().Order(),
        ];
        return new SlotInfo
        {
            Id = signal.Id,
            Kind = SlotKind.Signal,
            Signal = signal,
            Display = new Display(signal.Name, signal.UnitShown, signal.Decimals, signal.Form),
            Unit = signal.Unit,
            MissingAfter = Milliseconds(signal.MissingAfter),
            ExpiresAfter = expires,
            Lifetimes = lifetimes,
            ConditionLifetime = Array.IndexOf(lifetimes, expires) is >= 0 and var place ? place : lifetimes.Length,
            SensorOff = declaration.SensorOff,
        };
    }

    /// <summary>How long a score table takes a value of a signal for known, in milliseconds; <see cref="SlotState.None"/>: for ever.</summary>
    public static long LifetimeIn(ScoreDefinition score, Signal signal) => Milliseconds(score.ValidFor ?? signal.ValidFor ?? signal.MissingAfter);

    private static long Milliseconds(TimeSpan? span) => span is { } known ? (long)known.TotalMilliseconds : SlotState.None;
}
