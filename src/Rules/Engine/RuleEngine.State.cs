using System.Buffers;
using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

public sealed partial class RuleEngine
{
    private const int StateMagic = 0x45524F49; // the bytes "IORE"
    private const int StateVersion = 1;

    /// <inheritdoc/>
    /// <remarks>
    /// All numbers little-endian; a text is its length in bytes (4) and UTF-8. What is empty is left out. Format version 1:
    /// <code>
    /// state    magic 4 "IORE" | version 4 | rule set version text | slots 4 | rules 4 | handles 4 | handle ...
    /// handle   0 (1 byte): free
    ///          1 (1 byte): patient text | ward text | tags 4, text ... | monitored 4, text ... | slots 4, slot ... | alerts 4, alert ...
    /// slot     index 4 | value 8 | heard 8 | expires 8 | newest value 8 | newest 8 | reads expires 8 | monitored from 8 | missing due 8
    ///          | quality 1 | newest quality 1 | reads nothing 1 (0 no, 1 unknown, 2 yes) | flags 1 (1 reads questionable, 2 missing)
    /// alert    rule index 4 | state 1 (0 idle) | flags 1 (1 unverified) | since 8 | clear since 8 | due 8 | changed 8
    /// </code>
    /// Times are Unix milliseconds; the smallest number means never, the greatest not set. Values are the bits of IEEE doubles.
    /// The order of slots and rules is that of the rule set, which is why only the same rule set can read it back.
    /// </remarks>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var output = new StateWriter(writer);
        output.Int32(StateMagic);
        output.Int32(StateVersion);
        output.Text(Rules?.Version ?? "");
        output.Int32(_program.Slots.Length);
        output.Int32(_program.Rules.Length);
        output.Int32(_count);
        for (var handle = 0; handle < _count; handle++)
        {
            if (_patients[handle] is { } patient)
            {
                output.Byte(1);
                SavePatient(output, patient);
            }
            else
            {
                output.Byte(0);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Handles stay what they were; <see cref="SetPatient"/> tells them again.</remarks>
    public void Restore(RuleSet rules, ReadOnlySpan<byte> state)
    {
        ArgumentNullException.ThrowIfNull(rules);
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

        var program = rules.Program;
        if (input.Int32() != program.Slots.Length || input.Int32() != program.Rules.Length)
        {
            throw new InvalidDataException("The engine's state has other signals or rules than its rule set.");
        }

        var count = input.Count(1);
        var patients = new PatientState?[Math.Max(16, count)];
        var handles = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var handle = 0; handle < count; handle++)
        {
            if (input.Byte() != 0)
            {
                var patient = RestorePatient(ref input, program);
                patients[handle] = handles.TryAdd(patient.Profile.Patient, handle)
                    ? patient
                    : throw new InvalidDataException("The engine's state holds a patient twice.");
            }
        }

        if (!input.AtEnd)
        {
            throw new InvalidDataException("The engine's state is longer than it says.");
        }

        Take(rules, patients, count, handles);
    }

    private void Take(RuleSet rules, PatientState?[] patients, int count, Dictionary<string, int> handles)
    {
        Rules = rules;
        UseProgram(rules.Program);
        _patients = patients;
        _count = count;
        _firstMaybeFree = 0;
        _nextDue = new long[patients.Length];
        _handles.Clear();
        foreach (var (patient, handle) in handles)
        {
            _handles.Add(patient, handle);
        }

        for (var handle = 0; handle < count; handle++)
        {
            _nextDue[handle] = patients[handle] is { } patient ? NextDue(patient) : SlotState.None;
        }
    }

    private static void SavePatient(StateWriter output, PatientState patient)
    {
        output.Text(patient.Profile.Patient);
        output.Text(patient.Profile.Ward);
        SaveTexts(output, patient.Profile.Tags);
        SaveTexts(output, patient.Profile.Monitored);
        output.Int32(patient.Slots.Count(slot => !IsEmpty(in slot)));
        for (var index = 0; index < patient.Slots.Length; index++)
        {
            ref readonly var slot = ref patient.Slots[index];
            if (IsEmpty(in slot))
            {
                continue;
            }

            output.Int32(index);
            output.Double(slot.Value);
            output.Int64(slot.Heard);
            output.Int64(slot.Expires);
            output.Double(slot.NewestValue);
            output.Int64(slot.Newest);
            output.Int64(slot.ReadsExpires);
            output.Int64(slot.MonitoredFrom);
            output.Int64(slot.MissingDue);
            output.Byte((byte)slot.Quality);
            output.Byte((byte)slot.NewestQuality);
            output.Byte((byte)slot.ReadsNothing);
            output.Byte((byte)((slot.ReadsQuestionable ? 1 : 0) | (slot.Missing ? 2 : 0)));
        }

        output.Int32(patient.Alerts.Count(cell => !IsEmpty(in cell)));
        for (var index = 0; index < patient.Alerts.Length; index++)
        {
            ref readonly var cell = ref patient.Alerts[index];
            if (IsEmpty(in cell))
            {
                continue;
            }

            output.Int32(index);
            output.Byte((byte)cell.State);
            output.Byte((byte)(cell.Unverified ? 1 : 0));
            output.Int64(cell.Since);
            output.Int64(cell.ClearSince);
            output.Int64(cell.Due);
            output.Int64(cell.Changed);
        }
    }

    private static PatientState RestorePatient(ref StateReader input, RuleProgram program)
    {
        var profile = new PatientProfile(input.Text(), input.Text(), RestoreTexts(ref input), RestoreTexts(ref input));
        var patient = new PatientState(profile, program);
        for (var left = input.Count(1); left > 0; left--)
        {
            ref var slot = ref patient.Slots[input.Index(patient.Slots.Length)];
            slot.Value = input.Double();
            slot.Heard = input.Int64();
            slot.Expires = input.Int64();
            slot.NewestValue = input.Double();
            slot.Newest = input.Int64();
            slot.ReadsExpires = input.Int64();
            slot.MonitoredFrom = input.Int64();
            slot.MissingDue = input.Int64();
            slot.Quality = (Quality)Known(input.Byte(), (byte)Quality.NoValue);
            slot.NewestQuality = (Quality)Known(input.Byte(), (byte)Quality.NoValue);
            slot.ReadsNothing = (Truth)Known(input.Byte(), (byte)Truth.True);
            var flags = Known(input.Byte(), 3);
            slot.ReadsQuestionable = (flags & 1) != 0;
            slot.Missing = (flags & 2) != 0;
        }

        for (var left = input.Count(1); left > 0; left--)
        {
            ref var cell = ref patient.Alerts[input.Index(patient.Alerts.Length)];
            cell.State = (AlertState)Known(input.Byte(), (byte)AlertState.Clearing);
            cell.Unverified = Known(input.Byte(), 1) != 0;
            cell.Since = input.Int64();
            cell.ClearSince = input.Int64();
            cell.Due = input.Int64();
            cell.Changed = input.Int64();
        }

        return patient;
    }

    private static void SaveTexts(StateWriter output, ImmutableArray<string> texts)
    {
        output.Int32(texts.Length);
        foreach (var text in texts)
        {
            output.Text(text);
        }
    }

    private static ImmutableArray<string> RestoreTexts(ref StateReader input)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var left = input.Count(sizeof(int)); left > 0; left--)
        {
            texts.Add(input.Text());
        }

        return texts.ToImmutable();
    }

    private static byte Known(byte value, byte greatest) =>
        value <= greatest ? value : throw new InvalidDataException($"The engine's state holds {value} where at most {greatest} is known.");

    private static bool IsEmpty(in SlotState slot) => slot.Newest == SlotState.Never && slot.Heard == SlotState.Never && slot.MonitoredFrom == SlotState.None;

    private static bool IsEmpty(in AlertCell cell) => cell.State == AlertState.Unknown && cell.Changed == SlotState.Never;
}
