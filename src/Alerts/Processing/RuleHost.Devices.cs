using System.Collections.Immutable;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;

namespace IoTGateway.Alerts.Processing;

/// <content>
/// What the gateway itself measures of a device and tells the rules: <c>clock_offset</c>, how many seconds its clock is ahead (negative: behind), and
/// <c>silence</c>, for how many seconds nothing has come from it. Of several devices at a bed the worst counts.
/// </content>
internal sealed partial class RuleHost
{
    private const string ClockOffsetSignal = "clock_offset";
    private const string SilenceSignal = "silence";

    // Its values go out of date, so a lasting one is told again.
    private static readonly TimeSpan ClockOffsetToldEvery = TimeSpan.FromHours(1);

    // In fine steps at first, then in coarse ones: each step is a record of the log. After a day everybody knows.
    private static readonly TimeSpan SilenceStep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FineStepsFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CoarseStep = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SilenceToldAtMost = TimeSpan.FromHours(24);

    private readonly Reading _ofDevice = new();

    // Not part of the state: whether the rules were told at a tick stands in the tick's record.
    private long _lastSilenceStep = long.MinValue;

    /// <summary>
    /// Whether the rules have to be told at this tick that devices are silent. Looks at the devices every 30 s only, so that one that speaks costs
    /// nothing.
    /// </summary>
    public bool IsSilenceDue(Instant time)
    {
        var step = StepOf(time, SilenceStep);
        if (step <= _lastSilenceStep || _engine.Rules?.Catalogue.Find(SilenceSignal) is null)
        {
            return false;
        }

        _lastSilenceStep = step;
        return _devices.Values.Any(device => IsSilenceDue(device, time));
    }

    /// <summary>Tells the rules which devices are silent. To be called when it is due, at the time of the tick.</summary>
    public void TellSilence(Instant time, IHostOutput output)
    {
        foreach (var device in _devices.Values.Where(device => IsSilenceDue(device, time)).OrderBy(device => device.Name, InOrder).ToArray())
        {
            device.SilenceTold = time;
            if (PresentPatientOf(device.Name) is { } patient)
            {
                TellSilence(patient, time, output);
            }
        }
    }

    private bool IsSilenceDue(DeviceState device, Instant time)
    {
        var silence = SilenceOf(device, time);
        if (silence < SilenceStep || silence > SilenceToldAtMost || PresentPatientOf(device.Name) is not { Handle: not PatientState.NoHandle })
        {
            return false;
        }

        return device.SilenceTold is not { } told || StepOf(time, silence <= FineStepsFor ? SilenceStep : CoarseStep) > StepOf(told, silence <= FineStepsFor ? SilenceStep : CoarseStep);
    }

    private void EndSilence(DeviceState device, Instant time, IHostOutput output)
    {
        device.SilenceTold = null;
        if (PresentPatientOf(device.Name) is { } patient)
        {
            TellSilence(patient, time, output);
        }
    }

    private void TellSilence(PatientState patient, Instant time, IHostOutput output)
    {
        var silences = DevicesOf(patient).Where(device => device.SilenceTold is not null).Select(device => SilenceOf(device, time));
        Tell(patient, SilenceSignal, silences.DefaultIfEmpty(TimeSpan.Zero).Max(), time, output);
    }

    /// <summary>For how long nothing has come; while nobody listened does not count. Zero for a device that never said anything.</summary>
    private TimeSpan SilenceOf(DeviceState device, Instant time) =>
        device.LastReading is { } last ? time - Instant.Later(last, ListeningSince) : TimeSpan.Zero;

    /// <summary>The readings of a record teach how far the clock of their device is off.</summary>
    private void LearnClock(DeviceState device, Instant received, IHostOutput output)
    {
        Instant? newest = null;
        for (var index = 0; index < _batch.Count; index++)
        {
            if (_batch[index].DeviceTime is { } time && (newest is null || time > newest))
            {
                newest = time;
            }
        }

        if (newest is not { } measured)
        {
            return;
        }

        switch (device.Clock.Take(measured, received))
        {
            case ClockLesson.Learned:
                output.ClockOffset(device.Name, device.Clock.Learned);
                break;
            case ClockLesson.Confirmed when device.ClockOffset != TimeSpan.Zero
                && (device.ClockOffsetTold is not { } told || received - told >= ClockOffsetToldEvery):
                TellClockOffset(device, received, output);
                break;
        }
    }

    /// <summary>What was learned holds from here on: for the rules as for all other consumers, it is the place in the log that counts.</summary>
    private void ApplyClockOffset(in LogRecord record, IHostOutput output)
    {
        var learned = ClockOffsetRecord.Read(record.Body);
        var device = DeviceNamed(learned.Device);
        device.ClockOffset = learned.Offset;
        device.Clock.Learned = learned.Offset;
        TellClockOffset(device, new Instant(record.TimeUnixMilliseconds), output);
    }

    private void TellClockOffset(DeviceState device, Instant time, IHostOutput output)
    {
        device.ClockOffsetTold = time;
        if (PresentPatientOf(device.Name) is { } patient)
        {
            TellClockOffset(patient, time, output);
        }
    }

    private void TellClockOffset(PatientState patient, Instant time, IHostOutput output) =>
        Tell(patient, ClockOffsetSignal, -DevicesOf(patient).Select(device => device.ClockOffset).DefaultIfEmpty(TimeSpan.Zero).MaxBy(offset => offset.Duration()), time, output);

    /// <summary>Whose clock and silence the rules know of belongs to somebody else now, or to rules that do not know it.</summary>
    private static void TellAnew(DeviceState device)
    {
        device.ClockOffsetTold = null;
        if (device.SilenceTold is not null)
        {
            // Long ago, so that it is due; not never, so that its end is told even if it speaks before that.
            device.SilenceTold = new Instant(0);
        }
    }

    /// <summary>Devices went from one patient to another: the one they left must not be held to what they were like.</summary>
    private void FollowDevices(WardCensus before, Instant time, IHostOutput output)
    {
        var left = new SortedSet<string>(InOrder);
        foreach (var device in _devices.Values)
        {
            var from = before.BedOf(device.Name)?.Patient;
            if (from != Census.BedOf(device.Name)?.Patient)
            {
                var wasTold = device.SilenceTold is not null || device.ClockOffset != TimeSpan.Zero;
                TellAnew(device);
                if (from is not null && wasTold)
                {
                    left.Add(from);
                }
            }
        }

        foreach (var key in left)
        {
            if (_patients.TryGetValue(key, out var patient))
            {
                TellSilence(patient, time, output);
                TellClockOffset(patient, time, output);
            }
        }
    }

    private void Tell(PatientState patient, string signal, TimeSpan value, Instant time, IHostOutput output)
    {
        if (_engine.Rules?.Catalogue.Find(signal) is not { } known)
        {
            return;
        }

        _ofDevice.Values.Clear();
        _ofDevice.Values.Add(new SignalValue(known, value.TotalSeconds, Quality.Valid));
        _ofDevice.ReceivedTime = time;
        _ofDevice.CorrectedTime = time;
        Ingest(patient, _ofDevice, output);
    }

    /// <summary>To whom what a device says now belongs; null where it has nobody.</summary>
    private PatientState? PresentPatientOf(string device) => Census.BedOf(device)?.Patient is { } patient
        ? _patients.GetValueOrDefault(patient)
        : _patients.GetValueOrDefault(OwnKey(device)) is { Device: not null } own ? own : null;

    private IEnumerable<DeviceState> DevicesOf(PatientState patient)
    {
        var names = patient.Device is { } own
            ? [own]
            : Census.Beds.FirstOrDefault(bed => bed.Patient == patient.Key)?.Devices ?? ImmutableArray<string>.Empty;
        return names.Select(name => _devices.GetValueOrDefault(name)).OfType<DeviceState>();
    }

    private static long StepOf(Instant time, TimeSpan step) => time.UnixMilliseconds / (long)step.TotalMilliseconds;
}
