namespace IoTGateway.Readings.Census;

/// <summary>What kind of change a census record is. In the log it stands as a word, see <see cref="CensusRecord"/>.</summary>
public enum CensusNoteKind
{
    /// <summary>One that this version of the gateway does not know.</summary>
    Unknown = 0,

    /// <summary>A census file came into force: <c>import</c>.</summary>
    Import = 1,

    /// <summary>A census file was dropped, what people had done counts: <c>keep</c>.</summary>
    Keep = 2,

    /// <summary>A patient came: <c>admit</c>.</summary>
    Admit = 3,

    /// <summary>A patient went to another bed: <c>transfer</c>.</summary>
    Transfer = 4,

    /// <summary>A patient left: <c>discharge</c>.</summary>
    Discharge = 5,

    /// <summary>A device went to another bed: <c>device</c>.</summary>
    Device = 6,

    /// <summary>What is known of a patient is another: <c>patient</c>.</summary>
    Patient = 7,

    /// <summary>A change was undone: <c>undo</c>.</summary>
    Undo = 8,
}
