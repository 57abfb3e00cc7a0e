using System.Text;
using System.Text.Json;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Processing;

/// <content>Readings and device states: from a record to the patient's values.</content>
internal sealed partial class RuleHost
{
    /// <summary>
    /// How long a device that is preferred for a signal may be silent until another one is heard, where the signal does not say when it is missing.
    /// </summary>
    private static readonly TimeSpan PreferredFor = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, DeviceState> _devicesByTopic = new(StringComparer.Ordinal);
    private readonly ReadingBatch _batch = new();

    // Not part of the state: after a start they are counted anew. As many as the log has topics, which is bounded.
    private readonly HashSet<string> _notFollowed = new(StringComparer.Ordinal);

    /// <summary>How many devices at no bed have sent since the start and are not followed, since there are too many.</summary>
    public int NotFollowed => _notFollowed.Count;

    /// <summary>Whether one more device at no bed would be followed.</summary>
    public bool HasRoomForOwn => _ownPatients < _ownPatientsAtMost;

    private void ApplyReading(in LogRecord record, IHostOutput output)
    {
        if (DeviceOf(record) is not { } device)
        {
            output.DeadLetter(record, "Not the topic of a device: expected devices/{device}/vitals.");
            return;
        }

        var received = new Instant(record.TimeUnixMilliseconds);
        device.LastReading = received;
        if (device.SilenceTold is not null)
        {
            EndSilence(device, received, output);
        }

        string? fault;
        try
        {
            var publish = PublishRecord.Read(record.Body);
            fault = _decoder.Decode(publish.Payload, ContentTypeOf(publish.ContentType), received, device.ClockOffset, _batch);
        }
        catch (InvalidDataException failure)
        {
            fault = failure.Message;
        }

        if (fault is not null)
        {
            output.DeadLetter(record, fault);
            return;
        }

        LearnClock(device, received, output);
        for (var index = 0; index < _batch.Count; index++)
        {
            ApplyReading(device, _batch[index], output);
        }

        if (_batch.RejectedReadings > 0)
        {
            // The rest of the batch counts; what was not understood must not vanish.
            output.DeadLetter(record, $"{_batch.RejectedReadings} of {_batch.RejectedReadings + _batch.Count} readings were not understood. The first: {_batch.FirstRejection}");
        }
    }

    private void ApplyReading(DeviceState device, Reading reading, IHostOutput output)
    {
        if (PatientOf(device.Name, reading, output) is not { } patient)
        {
            if (reading.IsLate && PresentPatientOf(device.Name) is { } present)
            {
                // Measured before the patient had the device, as far as its clock can be believed. It is not the patient's, but the tile says what comes.
                present.LastLate = reading.ReceivedTime;
            }

            return;
        }

        if (reading.IsLate)
        {
            patient.LastLate = reading.ReceivedTime;
            patient.Late.Add(reading);
        }
        else
        {
            patient.LastLive = reading.ReceivedTime;
        }

        if (patient.Handle == PatientState.NoHandle)
        {
            return;
        }

        if (patient.Device is null)
        {
            DropLessPreferred(device, reading);
        }
        else
        {
            ExpectWhatIsSent(patient, reading, output);
        }

        Ingest(patient, reading, output);
    }

    private void Ingest(PatientState patient, Reading reading, IHostOutput output)
    {
        if (patient.Handle == PatientState.NoHandle || (reading.Values.Count == 0 && reading.DeviceAlarms.Count == 0))
        {
            return;
        }

        try
        {
            _engine.Ingest(patient.Handle, reading, _transitions);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _transitions.Clear();
            QuarantinePatient(patient, reading.ReceivedTime, failure, output);
            return;
        }

        if (_transitions.Count > 0)
        {
            Flush(output);
        }
    }

    /// <summary>To whom a reading belongs; null where it has nobody (any more), for example a discharged patient.</summary>
    private PatientState? PatientOf(string device, Reading reading, IHostOutput output)
    {
        var assignment = _census.AssignmentOf(device, reading.CorrectedTime);
        if (assignment.Patient != device)
        {
            return _patients.GetValueOrDefault(assignment.Patient);
        }

        var bed = Census.BedOf(device);
        if (bed?.Patient is { } present)
        {
            // The patient may be named as the device is. Otherwise it is a reading from before the device came to this bed.
            return present == device ? _patients.GetValueOrDefault(present) : null;
        }

        var key = OwnKey(device);
        if (_patients.TryGetValue(key, out var patient))
        {
            return patient.Device is null ? null : patient;
        }

        if (reading.IsLate)
        {
            return null;
        }

        // What stands at a bed is always followed, whatever else sends.
        if (bed is null && !HasRoomForOwn)
        {
            _notFollowed.Add(device);
            return null;
        }

        return AdmitOwn(key, device, bed, reading.ReceivedTime, output);
    }

    /// <summary>The key of a device that is its own patient. A device that is named as somebody in the census must never be taken for that person.</summary>
    private string OwnKey(string device) => _patients.TryGetValue(device, out var namesake) && namesake.Device is null ? "device:" + device : device;

    private PatientState AdmitOwn(string key, string device, Bed? bed, Instant time, IHostOutput output)
    {
        var patient = new PatientState(key, device) { Place = OwnPlace(bed), Care = CareOf(key) };
        _patients.Add(key, patient);
        _ownPatients++;
        _notFollowed.Remove(device);
        Admit(patient, time, output);
        TellAnew(DeviceNamed(device));
        return patient;
    }

    private static AlertPlace OwnPlace(Bed? bed) => bed is null ? new AlertPlace(Assignment.UnassignedWard, "") : new AlertPlace(bed.Ward, bed.Id);

    /// <summary>Nobody has said what to expect of an unassigned device: what it has sent once. At an empty bed nothing is expected.</summary>
    private void ExpectWhatIsSent(PatientState patient, Reading reading, IHostOutput output)
    {
        if (patient.Place.Ward != Assignment.UnassignedWard || reading.IsLate)
        {
            return;
        }

        var monitored = patient.Monitored;
        foreach (var value in reading.Values)
        {
            if (!value.Signal.OfDevice && value.Quality != Quality.NoValue && !monitored.Contains(value.Signal.Id))
            {
                monitored = monitored.Add(value.Signal.Id);
            }
        }

        if (monitored.Length != patient.Monitored.Length)
        {
            patient.Monitored = monitored;
            Admit(patient, reading.ReceivedTime, output);
        }
    }

    /// <summary>
    /// Two devices that send one signal of one patient are never interleaved: the one named first at the bed is heard while it sends, the
    /// next one only after that has been silent.
    /// </summary>
    private void DropLessPreferred(DeviceState device, Reading reading)
    {
        if (Census.BedOf(device.Name) is not { Devices.Length: > 1 } bed)
        {
            return;
        }

        for (var index = reading.Values.Count - 1; index >= 0; index--)
        {
            var value = reading.Values[index];
            var silence = value.Signal.MissingAfter ?? PreferredFor;
            foreach (var other in bed.Devices)
            {
                if (other == device.Name)
                {
                    break;
                }

                if (_devices.TryGetValue(other, out var preferred)
                    && preferred.LastValues.TryGetValue(value.Signal.Id, out var last)
                    && reading.CorrectedTime - last <= silence)
                {
                    reading.Values.RemoveAt(index);
                    break;
                }
            }

            if (value.Quality != Quality.NoValue && !reading.IsLate)
            {
                device.LastValues[value.Signal.Id] = Instant.Later(device.LastValues.GetValueOrDefault(value.Signal.Id, Instant.MinValue), reading.CorrectedTime);
            }
        }
    }

    /// <summary>A device's birth, will or state: <c>{"state":"online","battery":87,"fw":"1.4.2"}</c>; an empty payload takes back what it said.</summary>
    private void ApplyDeviceStatus(in LogRecord record, IHostOutput output)
    {
        if (DeviceOf(record) is not { } device)
        {
            output.DeadLetter(record, "Not the topic of a device: expected devices/{device}/status.");
            return;
        }

        try
        {
            var payload = PublishRecord.Read(record.Body).Payload;
            if (payload.IsEmpty)
            {
                device.Online = null;
                return;
            }

            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                output.DeadLetter(record, "The device state is no JSON object. Expected: {\"state\":\"online\"}.");
                return;
            }

            if (document.RootElement.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String)
            {
                device.Online = state.ValueEquals("online"u8) ? true : state.ValueEquals("offline"u8) ? false : null;
            }
        }
        catch (InvalidDataException failure)
        {
            output.DeadLetter(record, failure.Message);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The message of the exception could quote the payload.
            output.DeadLetter(record, "The device state is no JSON in UTF-8. Expected: {\"state\":\"online\"}.");
        }
    }

    private DeviceState? DeviceOf(in LogRecord record)
    {
        if (record.Topic is not { } topic)
        {
            return null;
        }

        if (_devicesByTopic.TryGetValue(topic.Name, out var device))
        {
            return device;
        }

        if (DeviceTopic.DeviceOf(topic.Name) is not { } name)
        {
            return null;
        }

        // As many as the log has topics, which is bounded.
        device = DeviceNamed(name);
        _devicesByTopic.Add(topic.Name, device);
        return device;
    }

    private DeviceState DeviceNamed(string name)
    {
        if (!_devices.TryGetValue(name, out var device))
        {
            device = new DeviceState(name) { ClockOffset = _clockOffsetAtStart(name) };
            device.Clock.Learned = device.ClockOffset;
            _devices.Add(name, device);
        }

        return device;
    }

    private static string ContentTypeOf(ReadOnlySpan<byte> contentType) =>
        contentType.IsEmpty ? "" : contentType.SequenceEqual("application/json"u8) ? "application/json" : Encoding.UTF8.GetString(contentType);
}
