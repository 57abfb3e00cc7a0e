using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>All the engine keeps of one patient: a row per signal and a row per rule, of fixed size.</summary>
internal sealed class PatientState
{
    /// <summary>Makes the state of a patient of whom nothing is known.</summary>
    public PatientState(PatientProfile profile, RuleProgram program)
    {
        Profile = profile;
        Slots = new SlotState[program.Slots.Length];
        Alerts = new AlertCell[program.Rules.Length];
        Array.Fill(Slots, SlotState.Empty);
        Array.Fill(Alerts, AlertCell.Idle);
    }

    /// <summary>What is known of the patient.</summary>
    public PatientProfile Profile { get; set; }

    /// <summary>The signals, then the derived signals.</summary>
    public SlotState[] Slots { get; set; }

    /// <summary>The alerts, by the index of their rule.</summary>
    public AlertCell[] Alerts { get; set; }
}
