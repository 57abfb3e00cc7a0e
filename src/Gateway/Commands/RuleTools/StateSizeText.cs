using IoTGateway.Rules;

namespace IoTGateway.Commands.RuleTools;

/// <summary>What <c>rules check</c> says of the memory that a rule set needs.</summary>
internal static class StateSizeText
{
    /// <summary>A sentence; with advice where a rule set needs more than a usual one.</summary>
    public static string Of(RuleSet rules) => rules.StateBytesPerPatient <= RuleSet.UsualStateBytesPerPatient
        ? FormattableString.Invariant($"State: {rules.StateBytesPerPatient:#,0} bytes for each patient.")
        : FormattableString.Invariant($"State: {rules.StateBytesPerPatient:#,0} bytes for each patient, more than the {RuleSet.UsualStateBytesPerPatient:#,0} of a usual rule set. It works; for many thousands of patients let windows share lengths, and leave out signals nobody sends.");
}
