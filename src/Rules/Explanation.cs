using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>Why one alert of one patient is or is not raised.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="State">Where in its life the alert is; <see cref="AlertState.Unknown"/> while it is not there.</param>
/// <param name="Priority">The level it is at, or would be at.</param>
/// <param name="At">As of when: the last input of this patient.</param>
/// <param name="Since">Since when the condition has held; null while it does not.</param>
/// <param name="Due">When pending becomes active, or clearing ends; null where time alone changes nothing.</param>
/// <param name="Notes">What else matters, in words: not for this patient, unverified, suppressed by whom.</param>
/// <param name="Conditions">The condition of each level, the most urgent first, then the clear condition if the rule has one.</param>
public sealed record Explanation(
    AlertRule Rule,
    AlertState State,
    AlertPriority Priority,
    Instant At,
    Instant? Since,
    Instant? Due,
    ImmutableArray<string> Notes,
    ImmutableArray<ExplanationNode> Conditions);
