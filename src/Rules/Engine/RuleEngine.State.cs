using System.Buffers;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private const int StateMagic = 0x45524F49; // the bytes "IORE"
    private const int StateVersion = 3;

    /// <inheritdoc/>
    /// <remarks>
    /// All numbers little-endian; a text is its length in bytes (4) and UTF-8. What is empty is left out. Format version 3:
    /// <code>
    /// state    magic 4 "IORE" | version 4 | rule set version text | signals 4 | windows 4 | rules 4 | handles 4 | handle ...
    /// handle   0 (1 byte): free
    ///          1 (1 byte): profile | clock 8 | signals 4, signal ... | windows 4, window ... | alerts 4, alert ...
    /// profile  patient text | ward text | population 1 | tags 4, text ... | monitored 4, text ... | limits 4, limit ...
    /// limit    name text | value 8 | origin text
    /// signal   index 4 | value 8 | heard 8 | newest value 8 | newest 8 | monitored from 8 | quality 1 | newest quality 1
    ///          | reads nothing 1 (0 no, 1 unknown, 2 yes) | flags 1 (1 reads questionable, 2 missing)
    /// window   place 4 | number of the newest pane 8 | holds the newest sample 1 | panes 1, pane ...
    /// pane     how many panes before the newest 1 | sum in thousandths, or least or greatest value 8 | samples 4 (windows of sums only)
    /// alert    rule index 4 | state 1 (1 pending, 2 active, 3 clearing) | level 1 | unverified 1 | suppressed by rule 4 (-1 none) | since 8 | turning 8
    ///          | waiting since 8, for each level of the rule
    /// </code>
    /// Times are Unix milliseconds; the smallest number means never, the greatest not set. Values are the bits of IEEE doubles. What is
    /// computed is not saved, it is computed again. The order of signals, windows and rules is that of the rule set, which is why only the same rule set
    /// can read it back.
    /// </remarks>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (IsMigrating)
        {
            throw new InvalidOperationException("The engine's state cannot be saved before all patients are under the rules in force.");
        }

        var output = new StateWriter(writer);
        SaveHead(output);
        for (var handle = 0; handle < _count; handle++)
        {
            SaveHandle(output, handle);
        }
    }

    /// <summary>Writes what stands before the handles.</summary>
    internal void SaveHead(StateWriter output)
    {
        var layout = _loaded.Programs.Layout;
        output.Int32(StateMagic);
        output.Int32(StateVersion);
        output.Text(Rules?.Version ?? "");
        output.Int32(layout.SignalCount);
        output.Int32(layout.Windows.Length);
        output.Int32(_loaded.Programs.Definition.Rules.Length);
        output.Int32(_count);
    }

    /// <summary>Writes a handle and, if it has one, its patient.</summary>
    internal void SaveHandle(StateWriter output, int handle)
    {
        output.Byte(_patients[handle] is null ? (byte)0 : (byte)1);
        if (_patients[handle] is { } patient)
        {
            PatientSnapshot.Save(output, patient);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Handles stay what they were; <see cref="SetPatient"/> tells them again.</remarks>
    public void Restore(RuleSet rules, ReadOnlySpan<byte> state)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var (loaded, patients, handles) = ReadState(rules, state);
        TakeOver(loaded, patients, handles);
    }

    /// <summary>Reads what <see cref="Save"/> wrote: the patients by their handles. Throws <see cref="InvalidDataException"/> if it cannot.</summary>
    internal static (LoadedRules Loaded, PatientState?[] Patients, PatientHandles Handles) ReadState(RuleSet rules, ReadOnlySpan<byte> state)
    {
        var input = new StateReader(state);
        if (input.Int32() != StateMagic)
        {
            throw new InvalidDataException("This is no state of the rule engine.");
        }

        if (input.Int32() is var version && version != StateVersion)
        {
            throw new InvalidDataException($"The engine's state has format version {version}; this gateway reads version {StateVersion}.");
        }

        if (input.Text() is var written && written != rules.Version)
        {
            throw new InvalidDataException(
                $"The engine's state belongs to rule set {(written.Length == 0 ? "(none)" : written)}, not to {rules.Version}.");
        }

        var layout = rules.Programs.Layout;
        if (input.Int32() != layout.SignalCount || input.Int32() != layout.Windows.Length || input.Int32() != rules.Rules.Length)
        {
            throw new InvalidDataException("The engine's state has other signals, windows or rules than its rule set.");
        }

        var loaded = new LoadedRules(rules, SlotState.Never);
        var count = input.Count(1);
        var patients = new PatientState?[Math.Max(16, count)];
        var handles = new PatientHandles();
        handles.Reach(count);
        for (var handle = 0; handle < count; handle++)
        {
            if (input.Byte() != 0)
            {
                var patient = PatientSnapshot.Restore(ref input, handle, loaded);
                patients[handle] = handles.TryPlace(patient.Profile.Patient, handle)
                    ? patient
                    : throw new InvalidDataException("The engine's state holds a patient twice.");
            }
        }

        if (!input.AtEnd)
        {
            throw new InvalidDataException("The engine's state is longer than it says.");
        }

        return (loaded, patients, handles);
    }

    /// <summary>Goes on from a state that was read. Of the handles only those with a patient here are this engine's.</summary>
    internal void TakeOver(LoadedRules loaded, PatientState?[] patients, PatientHandles handles)
    {
        var count = handles.Count;
        _loaded = loaded;
        _handles = handles;
        _passed = SlotState.Never;
        _patients = patients;
        _count = count;
        _migrated = count;
        _nextDue = new long[patients.Length];
        _isLive = new bool[patients.Length];
        MakeScratch(loaded.Programs);
        for (var handle = 0; handle < count; handle++)
        {
            _nextDue[handle] = SlotState.None;
            if (patients[handle] is { } patient)
            {
                Revive(patient);
            }
        }
    }

    /// <summary>Works out what is not saved.</summary>
    private void Revive(PatientState patient)
    {
        var now = patient.Clock;
        for (var index = 0; index < patient.Signals.Length; index++)
        {
            patient.Signals[index].Age(patient.Program.Layout.Slots[index], now);
        }

        for (var window = 0; window < patient.Windows.Length; window++)
        {
            patient.WindowDue = Math.Min(patient.WindowDue, patient.Window(window).Due);
        }

        MarkEverything(patient);
        Compute(patient, now);
        ClearMarks();
        _isLive[patient.Handle] = patient.Alerts.Count > 0;
        Rearm(patient);
    }
}
