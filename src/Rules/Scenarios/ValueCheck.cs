using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Holds what was expected of a signal, a derived signal or a score against what it was.</summary>
/// <param name="rules">The rules.</param>
/// <param name="profile">What the rules are for the scenario's patient: for some, another derived signal stands in the place of one.</param>
internal sealed class ValueCheck(RuleSet rules, ResolvedProfile profile)
{
    /// <summary>Null if it was met; else what it was instead.</summary>
    /// <param name="expectation">What was expected.</param>
    /// <param name="found">What the engine told at that moment.</param>
    public string? Miss(ValueExpectation expectation, ExplanationNode found) =>
        found.Value == Wanted(expectation) ? null : $"it was {found.Value}";

    /// <summary>What was expected, in words.</summary>
    public string InWords(ValueExpectation expectation) => $"`{expectation.Name}` to be {Wanted(expectation)} at {ScenarioTime.Format(expectation.At)}";

    /// <summary>What was expected as the engine tells it, so that both are rounded alike.</summary>
    private string Wanted(ValueExpectation expectation)
    {
        var layout = rules.Programs.Layout;
        var display = layout.Slots[layout.SlotOf(profile.InPlaceOf(expectation.Name))].Display;
        return double.IsNaN(expectation.Low) ? "unknown"
            : expectation.Low == expectation.High ? display.Format(expectation.Low)
            : $"{display.Format(expectation.Low)} to {display.Format(expectation.High)}";
    }
}
