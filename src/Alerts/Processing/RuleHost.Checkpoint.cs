using System.Buffers;
using System.Collections.Immutable;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Observations;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;

namespace IoTGateway.Alerts.Processing;

/// <content>The host's state as a checkpoint. The census is not in it: it is a projection of the log of its own.</content>
/// <remarks>
/// Form 3, numbers little-endian; times in Unix milliseconds, the smallest number for "never"; texts with a 2-byte length before them:
/// <code>
/// size
///    4 + n  length, body of the rule set's record (RuleSetRecord); length 0: there are no rules, and no engine state follows
///    8      time of the last tick
///    8      from when on the gateway listened after its last start
///    8      when the newest record was appended
///    4      number of devices; of each:
///             2+ name, 1 online (0 no, 1 yes, 2 unknown), 8 last reading,
///             8 offset of its clock in force, 8 the one learned last (both in milliseconds),
///             the run of paced readings: 4 count, 8 first and 8 newest device time, 8 least and 8 most time to receipt (milliseconds),
///             8 when the rules were told of the offset, 8 when of its silence,
///             2 number of signals; of each: 2+ signal id, 8 last value
///    4      number of patients; of each:
///             2+ key, 2+ own device (empty: a patient of the census), 2+ ward, 2+ bed,
///             2 number of tags and 2+ each, 2 number of monitored signals and 2+ each, 2+ population,
///             2+ why the rules stopped (empty: they did not), 8 last live reading, 8 last late one, the late note (LateNote.Save),
///             2 number of the devices that stood at the bed last and 2+ each
///    8      number of the last change of care that is known
///    4      number of patients for whom limits or a standby are decided; of each:
///             4 + n  length, body of the last change (CareRecord)
///    4 + n  length, what people have observed (ObservationHistory)
///    .      the engine's own state, to the end
/// </code>
/// </remarks>
internal sealed partial class RuleHost
{
    /// <summary>The version of the form above.</summary>
    public const int FormatVersion = 3;

    private static readonly IComparer<string> InOrder = StringComparer.Ordinal;

    public void Save(IBufferWriter<byte> target)
    {
        var writer = new BodyWriter(target);
        var rules = _engine.Rules is { } inForce ? RuleSetRecord.Of(inForce).Write() : [];
        writer.WriteUInt32((uint)rules.Length);
        writer.WriteBytes(rules);
        writer.WriteInt64(LastTick.UnixMilliseconds);
        writer.WriteInt64(ListeningSince.UnixMilliseconds);
        writer.WriteInt64(LastRecorded.UnixMilliseconds);
        writer.WriteUInt32((uint)_devices.Count);
        foreach (var device in _devices.Values.OrderBy(device => device.Name, InOrder))
        {
            Save(writer, device);
        }

        writer.WriteUInt32((uint)_patients.Count);
        foreach (var patient in _patients.Values.OrderBy(patient => patient.Key, InOrder))
        {
            Save(writer, patient);
        }

        SaveCare(writer);
        var observations = new ArrayBufferWriter<byte>();
        _observations.Save(observations);
        writer.WriteUInt32((uint)observations.WrittenCount);
        writer.WriteBytes(observations.WrittenSpan);
        if (_engine.Rules is not null)
        {
            _engine.Save(target);
        }
    }

    /// <summary>Reads back what <see cref="Save(IBufferWriter{byte})"/> wrote, into a host that has taken in nothing but its census.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or this version does not accept its rule set or the engine's state.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        var reader = new BodyReader(state);
        var rulesLength = (int)reader.ReadUInt32();
        var rules = reader.ReadBytes(rulesLength);
        LastTick = new Instant(reader.ReadInt64());
        ListeningSince = new Instant(reader.ReadInt64());
        LastRecorded = new Instant(reader.ReadInt64());
        for (var left = reader.ReadUInt32(); left > 0; left--)
        {
            RestoreDevice(ref reader);
        }

        for (var left = reader.ReadUInt32(); left > 0; left--)
        {
            RestorePatient(ref reader);
        }

        RestoreCare(ref reader);
        foreach (var patient in _patients.Values)
        {
            patient.Care = CareOf(patient.Key);
        }

        var observations = new BodyReader(reader.ReadBytes((int)reader.ReadUInt32()));
        if (rulesLength > 0)
        {
            RestoreEngine(RuleSetRecord.Read(rules), reader.ReadRest());
        }

        // After the engine: it knows of them, and nothing is to be said again.
        _observations = ObservationHistory.Load(ref observations);
    }

    private void RestoreEngine(RuleSetRecord record, ReadOnlySpan<byte> state)
    {
        if (Compile(record, out var refused) is not { } rules)
        {
            throw new InvalidDataException(refused);
        }

        if (rules.Version != record.RuleSetVersion)
        {
            throw new InvalidDataException("The recorded rule set has another version when it is compiled by this version of the gateway.");
        }

        _engine.Restore(rules, state);
        TakeUse(rules);

        // Nothing is new of them: this only gives the handles. At no later time than the last tick, else timers would fire that nobody hears.
        var time = Instant.Later(LastTick, new Instant(0));
        foreach (var patient in _patients.Values.OrderBy(patient => patient.Key, InOrder).ToArray())
        {
            Admit(patient, time, NoOutput.Instance);
        }
    }

    private static void Save(BodyWriter writer, DeviceState device)
    {
        writer.WriteText(device.Name);
        writer.WriteByte(device.Online switch { false => 0, true => 1, null => 2 });
        WriteTime(writer, device.LastReading);
        WriteSpan(writer, device.ClockOffset);
        WriteSpan(writer, device.Clock.Learned);
        var run = device.Clock.Run;
        writer.WriteUInt32((uint)run.Count);
        writer.WriteInt64(run.First.UnixMilliseconds);
        writer.WriteInt64(run.Newest.UnixMilliseconds);
        WriteSpan(writer, run.Least);
        WriteSpan(writer, run.Most);
        WriteTime(writer, device.ClockOffsetTold);
        WriteTime(writer, device.SilenceTold);
        writer.WriteUInt16((ushort)device.LastValues.Count);
        foreach (var (signal, time) in device.LastValues.OrderBy(pair => pair.Key, InOrder))
        {
            writer.WriteText(signal);
            writer.WriteInt64(time.UnixMilliseconds);
        }
    }

    private void RestoreDevice(ref BodyReader reader)
    {
        var device = DeviceNamed(reader.ReadText());
        device.Online = reader.ReadByte() switch { 0 => false, 1 => true, _ => null };
        device.LastReading = ReadTime(ref reader);
        device.ClockOffset = ReadSpan(ref reader);
        device.Clock.Learned = ReadSpan(ref reader);
        device.Clock.Run = new ClockOffsetRun(
            (int)reader.ReadUInt32(), new Instant(reader.ReadInt64()), new Instant(reader.ReadInt64()), ReadSpan(ref reader), ReadSpan(ref reader));
        device.ClockOffsetTold = ReadTime(ref reader);
        device.SilenceTold = ReadTime(ref reader);
        for (var left = reader.ReadUInt16(); left > 0; left--)
        {
            var signal = reader.ReadText();
            device.LastValues[signal] = new Instant(reader.ReadInt64());
        }
    }

    private static void Save(BodyWriter writer, PatientState patient)
    {
        writer.WriteText(patient.Key);
        writer.WriteText(patient.Device ?? "");
        writer.WriteText(patient.Place.Ward);
        writer.WriteText(patient.Place.Bed);
        Save(writer, patient.Tags);
        Save(writer, patient.Monitored);
        writer.WriteText(patient.Population);
        writer.WriteText(patient.Quarantine ?? "");
        WriteTime(writer, patient.LastLive);
        WriteTime(writer, patient.LastLate);
        patient.Late.Save(writer);
        Save(writer, patient.MeasuredBy);
    }

    private void RestorePatient(ref BodyReader reader)
    {
        var key = reader.ReadText();
        var device = reader.ReadText();
        var patient = new PatientState(key, device.Length == 0 ? null : device)
        {
            Place = new AlertPlace(reader.ReadText(), reader.ReadText()),
            Tags = ReadTexts(ref reader),
            Monitored = ReadTexts(ref reader),
            Population = reader.ReadText(),
        };
        var quarantine = reader.ReadText();
        patient.Quarantine = quarantine.Length == 0 ? null : quarantine;
        patient.LastLive = ReadTime(ref reader);
        patient.LastLate = ReadTime(ref reader);
        patient.Late.Load(ref reader);
        patient.MeasuredBy = ReadTexts(ref reader);
        _patients.Add(key, patient);
        if (patient.Device is not null)
        {
            _ownPatients++;
        }
    }

    private static void Save(BodyWriter writer, ImmutableArray<string> texts)
    {
        writer.WriteUInt16((ushort)texts.Length);
        foreach (var text in texts)
        {
            writer.WriteText(text);
        }
    }

    private static ImmutableArray<string> ReadTexts(ref BodyReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.ReadUInt16(); left > 0; left--)
        {
            texts.Add(reader.ReadText());
        }

        return texts.DrainToImmutable();
    }

    private static void WriteTime(BodyWriter writer, Instant? time) => writer.WriteInt64((time ?? Instant.MinValue).UnixMilliseconds);

    private static void WriteSpan(BodyWriter writer, TimeSpan span) => writer.WriteInt64((long)span.TotalMilliseconds);

    private static TimeSpan ReadSpan(ref BodyReader reader) => TimeSpan.FromMilliseconds(reader.ReadInt64());

    private static Instant? ReadTime(ref BodyReader reader) =>
        new Instant(reader.ReadInt64()) is var time && time == Instant.MinValue ? null : time;
}
