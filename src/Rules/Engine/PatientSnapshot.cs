using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>Writes and reads one patient of the engine's state; the format is drawn at <see cref="RuleEngine.Save"/>.</summary>
internal static class PatientSnapshot
{
    /// <summary>Writes a patient.</summary>
    public static void Save(StateWriter output, PatientState patient)
    {
        SaveProfile(output, patient.Profile);
        output.Int64(patient.Clock);
        output.Int32(patient.Signals.Count(signal => !IsEmpty(in signal)));
        for (var index = 0; index < patient.Signals.Length; index++)
        {
            if (!IsEmpty(in patient.Signals[index]))
            {
                SaveSignal(output, index, in patient.Signals[index]);
            }
        }

        output.Int32(patient.Windows.Count(window => window.Oldest != SlotState.None));
        for (var place = 0; place < patient.Windows.Length; place++)
        {
            if (patient.Windows[place].Oldest != SlotState.None)
            {
                output.Int32(place);
                patient.Window(place).Save(output);
            }
        }

        output.Int32(patient.Alerts.Count);
        for (var rule = patient.Alerts.Next(0); rule >= 0; rule = patient.Alerts.Next(rule + 1))
        {
            SaveAlert(output, in patient.Alerts[patient.Alerts.Find(rule)], patient.Program.Rules[rule]);
        }
    }

    /// <summary>Reads a patient. Throws <see cref="InvalidDataException"/> where that cannot be.</summary>
    public static PatientState Restore(ref StateReader input, int handle, LoadedRules rules)
    {
        var patient = new PatientState(handle, RestoreProfile(ref input), rules) { Clock = input.Int64() };
        for (var left = input.Count(1); left > 0; left--)
        {
            RestoreSignal(ref input, ref patient.Signals[input.Index(patient.Signals.Length)]);
        }

        for (var left = input.Count(1); left > 0; left--)
        {
            patient.Window(input.Index(patient.Windows.Length)).Restore(ref input);
        }

        for (var left = input.Count(1); left > 0; left--)
        {
            RestoreAlert(ref input, patient);
        }

        return patient;
    }

    private static void SaveSignal(StateWriter output, int index, in SlotState signal)
    {
        output.Int32(index);
        output.Double(signal.Value);
        output.Int64(signal.Heard);
        output.Double(signal.NewestValue);
        output.Int64(signal.Newest);
        output.Int64(signal.MonitoredFrom);
        output.Byte((byte)signal.Quality);
        output.Byte((byte)signal.NewestQuality);
        output.Byte((byte)signal.ReadsNothing);
        output.Byte((byte)((signal.ReadsQuestionable ? 1 : 0) | (signal.Missing ? 2 : 0)));
    }

    private static void RestoreSignal(ref StateReader input, ref SlotState signal)
    {
        signal.Value = input.Double();
        signal.Heard = input.Int64();
        signal.NewestValue = input.Double();
        signal.Newest = input.Int64();
        signal.MonitoredFrom = input.Int64();
        signal.Quality = (Quality)Known(input.Byte(), (byte)Quality.NoValue);
        signal.NewestQuality = (Quality)Known(input.Byte(), (byte)Quality.NoValue);
        signal.ReadsNothing = (Truth)Known(input.Byte(), (byte)Truth.True);
        var flags = Known(input.Byte(), 3);
        signal.ReadsQuestionable = (flags & 1) != 0;
        signal.Missing = (flags & 2) != 0;
    }

    private static void SaveAlert(StateWriter output, in AlertCell cell, CompiledRule rule)
    {
        output.Int32(cell.Rule);
        output.Byte((byte)cell.State);
        output.Byte(cell.Level);
        output.Byte((byte)(cell.Unverified ? 1 : 0));
        output.Int32(cell.SuppressedBy);
        output.Int64(cell.Since);
        output.Int64(cell.Turning);
        for (var level = 0; level < rule.Levels.Length; level++)
        {
            output.Int64(cell.Waiting[level]);
        }
    }

    private static void RestoreAlert(ref StateReader input, PatientState patient)
    {
        var rule = input.Index(patient.Program.Rules.Length);
        if (patient.Alerts.Find(rule) >= 0)
        {
            throw new InvalidDataException("The engine's state holds an alert twice.");
        }

        var cell = AlertCell.Of(rule);
        var levels = patient.Program.Rules[rule].Levels.Length;
        cell.State = (AlertState)Known(input.Byte(), (byte)AlertState.Clearing);
        cell.Level = Known(input.Byte(), (byte)(levels - 1));
        cell.Unverified = Known(input.Byte(), 1) != 0;
        var suppressor = input.Int32();
        cell.SuppressedBy = suppressor >= AlertCell.Gone && suppressor < patient.Program.Rules.Length ? (short)suppressor : throw new InvalidDataException(
            $"The engine's state names rule {suppressor} of {patient.Program.Rules.Length}.");
        cell.Since = input.Int64();
        cell.Turning = input.Int64();
        for (var level = 0; level < levels; level++)
        {
            cell.Waiting[level] = input.Int64();
        }

        if (cell.State == AlertState.Unknown)
        {
            throw new InvalidDataException("The engine's state holds an alert without a state.");
        }

        patient.Alerts.Add(in cell);
    }

    private static void SaveProfile(StateWriter output, PatientProfile profile)
    {
        output.Text(profile.Patient);
        output.Text(profile.Ward);
        output.Byte((byte)profile.Population);
        SaveTexts(output, profile.Tags);
        SaveTexts(output, profile.Monitored);
        output.Int32(profile.Limits.Length);
        foreach (var limit in profile.Limits)
        {
            output.Text(limit.Limit);
            output.Double(limit.Value);
            output.Text(limit.Origin);
        }
    }

    private static PatientProfile RestoreProfile(ref StateReader input)
    {
        var patient = input.Text();
        var ward = input.Text();
        var population = (Population)Known(input.Byte(), (byte)Population.Pregnant);
        var tags = RestoreTexts(ref input);
        var monitored = RestoreTexts(ref input);
        var limits = ImmutableArray.CreateBuilder<PatientLimit>();
        for (var left = input.Count((2 * sizeof(int)) + sizeof(double)); left > 0; left--)
        {
            limits.Add(new PatientLimit(input.Text(), input.Double(), input.Text()));
        }

        return new PatientProfile(patient, ward, tags, monitored) { Population = population, Limits = limits.ToImmutable() };
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

    private static bool IsEmpty(in SlotState signal) =>
        signal.Newest == SlotState.Never && signal.Heard == SlotState.Never && signal.MonitoredFrom == SlotState.None;
}
