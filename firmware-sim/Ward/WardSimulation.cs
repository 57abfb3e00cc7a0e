using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Patients;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Ward;

/// <summary>
/// A ward of simulated monitors over real MQTT connections, each with one reading a second. While the gateway is away a monitor keeps its
/// readings of the last minutes and sends them when it is back; when its memory is full it does not measure until there is room again.
/// </summary>
public sealed class WardSimulation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>How long the end may take: the gateway may be gone already, and nobody waits for a simulation.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A monitor this far behind skips readings instead of catching up.</summary>
    private static readonly TimeSpan LatestReading = TimeSpan.FromSeconds(5);

    private readonly WardSimulationOptions _options;
    private readonly TimeProvider _clock;
    private readonly WardScenario _scenario;
    private readonly DeviceClient[] _monitors;

    /// <summary>Prepares a ward. Throws <see cref="ArgumentException"/> when an option is out of its range.</summary>
    public WardSimulation(WardSimulationOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Beds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Beds, 1000);
        _options = options;
        _clock = clock;
        _scenario = new WardScenario(options.Beds, options.Seed);
        _monitors = [.. Enumerable.Range(1, options.Beds).Select(MakeMonitor)];
    }

    /// <summary>Readings sent, of all beds together.</summary>
    public long ReadingsSent => Counters.Sent;

    /// <summary>Readings acknowledged, of all beds together.</summary>
    public long ReadingsAcknowledged => Counters.Acknowledged;

    /// <summary>What all monitors together have done so far.</summary>
    public DeviceCounters Counters => _monitors.Aggregate(DeviceCounters.None, (sum, monitor) => sum + monitor.Counters);

    /// <summary>
    /// Runs until cancelled or until its duration is over, then ends in order: what was measured is acknowledged, the monitors say
    /// "offline" and disconnect, within 2 s in all. Returns without an exception when cancelled, also when the gateway is gone by then. Call it once.
    /// </summary>
    /// <exception cref="GatewayRefusedException">The gateway refuses a monitor or what it publishes.</exception>
    /// <exception cref="GatewayUnreachableException">A monitor gave up.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var zero = Instant.Now(_clock);
        var began = _clock.GetTimestamp();
        try
        {
            var beds = _monitors.Select((_, index) => RunBedAsync(index + 1, zero, began, over.Token)).ToList();
            var first = await Task.WhenAny(beds).ConfigureAwait(false);
            if (!first.IsCompletedSuccessfully)
            {
                // A monitor that fails ends the ward: a demonstration with a bed missing would look like a fault of the gateway.
                await over.CancelAsync().ConfigureAwait(false);
            }

            await Task.WhenAll(beds).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await EndAsync().ConfigureAwait(false);
        }
        finally
        {
            foreach (var monitor in _monitors)
            {
                await monitor.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private DeviceClient MakeMonitor(int bed) => new(
        new DeviceClientOptions
        {
            Host = _options.Host,
            Port = _options.Port,
            ClientId = _options.DeviceName(bed),
            StatusDevice = _options.DeviceName(bed),
            RetrySeed = bed,
            GiveUpAfter = _options.GiveUpAfter,
            OnConnection = _options.OnConnection,
            Window = 20,
            StoreCapacity = 600,
            RetryLongest = TimeSpan.FromSeconds(2),
        },
        _clock);

    private async Task RunBedAsync(int bed, Instant zero, long began, CancellationToken cancellation)
    {
        var monitor = _monitors[bed - 1];
        var patient = _scenario.Patient(bed);
        var topic = DeviceTopic.Vitals(_options.DeviceName(bed));

        // Monitors are not in step: each bed measures at its own part of the second.
        var phase = Second * (bed - 1) / _options.Beds;
        monitor.Start();
        for (var sequence = 1L; ; sequence++)
        {
            var time = await WaitForNextAsync(bed, patient, phase, began, cancellation).ConfigureAwait(false);
            if (time >= _options.Duration)
            {
                return;
            }

            var vitals = patient.MeasureNext(_scenario.At(bed, time));
            var payload = WardPayload.Write(zero + phase + time, sequence, vitals);
            await monitor.PublishAsync(topic, payload, _options.Quality, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until the patient's next second is due and returns it. Seconds that passed while the monitor's memory was full are lived
    /// through without a reading, so that the patient keeps to the scenario.
    /// </summary>
    private async Task<TimeSpan> WaitForNextAsync(
        int bed, SimulatedPatient patient, TimeSpan phase, long began, CancellationToken cancellation)
    {
        var next = patient.Time + Second;
        var ahead = next + phase - _clock.GetElapsedTime(began);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, _clock, cancellation).ConfigureAwait(false);
        }

        for (; -ahead > LatestReading; ahead += Second)
        {
            patient.MeasureNext(_scenario.At(bed, next));
            next += Second;
        }

        return next;
    }

    private async Task EndAsync()
    {
        using var timeout = new CancellationTokenSource(EndTimeout, _clock);
        try
        {
            await Task.WhenAll(_monitors.Select(monitor => monitor.CloseAsync(timeout.Token))).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or GatewayRefusedException or GatewayUnreachableException)
        {
            // The gateway is gone or does not want us: the monitors are switched off as they are.
        }
    }
}
