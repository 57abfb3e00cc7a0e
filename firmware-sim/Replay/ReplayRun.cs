using IoTGateway.FirmwareSim.Device;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>Replays a recording over MQTT: one device and one connection for each patient, one PUBLISH for each reading.</summary>
/// <remarks>Returns only when the gateway has acknowledged every reading, however often it is away in between.</remarks>
public sealed class ReplayRun
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);

    private readonly Recording _recording;
    private readonly ReplayOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();

    /// <summary>The devices at work. Guarded by <see cref="_gate"/>.</summary>
    private readonly List<DeviceClient> _devices = [];

    /// <summary>What the devices that are done have counted. Guarded by <see cref="_gate"/>.</summary>
    private DeviceCounters _done = DeviceCounters.None;

    /// <summary>Prepares a run. Throws <see cref="ArgumentException"/> when the recording has too many patients for a set speed.</summary>
    public ReplayRun(Recording recording, ReplayOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        if (options.Speed is not null && recording.Patients.Count > options.Connections)
        {
            throw new ArgumentException(
                $"At a set speed all {recording.Patients.Count} patients are connected at once, and only {options.Connections} connections are allowed: raise --connections.",
                nameof(options));
        }

        _recording = recording;
        _options = options;
        _clock = clock;
    }

    /// <summary>What all devices together have done so far.</summary>
    public DeviceCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _devices.Aggregate(_done, (sum, device) => sum + device.Counters);
            }
        }
    }

    /// <summary>Replays everything. The first device that fails ends the run with its failure.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refuses a device or what it publishes.</exception>
    /// <exception cref="GatewayUnreachableException">A device gave up.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var schedule = new ReplaySchedule(_recording, _options.Speed, _options.Start, _clock);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Min(_options.Connections, _recording.Patients.Count),
            CancellationToken = cancellation,
        };
        await Parallel.ForEachAsync(
            _recording.Patients.Index(),
            parallel,
            (patient, stop) => ReplayPatientAsync(patient.Item, patient.Index, schedule, stop)).ConfigureAwait(false);
    }

    private async ValueTask ReplayPatientAsync(PatientRecording patient, int index, ReplaySchedule schedule, CancellationToken cancellation)
    {
        var name = _options.DevicePrefix + patient.Patient;
        var topic = DeviceTopic.Vitals(name);
        var device = new DeviceClient(_options.Device with { ClientId = name, RetrySeed = index }, _clock);
        lock (_gate)
        {
            _devices.Add(device);
        }

        try
        {
            device.Start();
            await ReplayAsync(device, patient, topic, schedule, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await device.DisposeAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _devices.Remove(device);
                _done += device.Counters;
            }
        }
    }

    private async Task ReplayAsync(
        DeviceClient device, PatientRecording patient, string topic, ReplaySchedule schedule, CancellationToken cancellation)
    {
        try
        {
            foreach (var reading in patient.Readings)
            {
                await schedule.WaitForAsync(reading.Time, cancellation).ConfigureAwait(false);
                await device.PublishAsync(topic, ReplayPayload.Write(reading, schedule.Start), _options.Quality, cancellation).ConfigureAwait(false);
            }

            await device.CloseAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped half way: what was sent gets a moment to be acknowledged.
            using var timeout = new CancellationTokenSource(EndTimeout, _clock);
            await device.CloseAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
