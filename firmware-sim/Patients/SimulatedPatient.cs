namespace IoTGateway.FirmwareSim.Patients;

/// <summary>
/// A simulated adult on a bedside monitor, second by second. The same random numbers and episodes give the same values. A synchronous
/// state machine without a clock: <see cref="MeasureNext"/> is one second.
/// </summary>
public sealed class SimulatedPatient
{
    /// <summary>How fast SpO2 falls in a deterioration, % a second: every patient is below 90 within 8 s.</summary>
    private const double DesaturationPerSecond = 1.3;

    /// <summary>Where SpO2 stays in a deterioration, %: below the usual alarm limit of 90 and above the usual desaturation limit of 80.</summary>
    private const double LowestSaturation = 83.5;

    /// <summary>How fast SpO2 comes back, % a second.</summary>
    private const double RecoveryPerSecond = 0.5;

    /// <summary>Hypoxia makes the heart faster, by at most this, /min; a resting patient stays below the usual limit of 120.</summary>
    private const double HeartRateRise = 22;

    /// <summary>Hypoxia makes breathing faster, by at most this, /min; a resting patient stays below the usual limit of 30.</summary>
    private const double RespirationRise = 8;

    private static readonly TimeSpan CuffInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TemperatureInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PatientBaseline _baseline;
    private readonly WanderingValue _heartRate;
    private readonly WanderingValue _respiration;
    private readonly WanderingValue _systolic;
    private readonly WanderingValue _diastolic;
    private readonly WanderingValue _temperature;
    private readonly WanderingValue _saturationNoise;
    private readonly List<MeasuredVital> _measured = new(8);
    private double _desaturation;
    private TimeSpan _time = -Second;

    /// <summary>A patient at rest.</summary>
    /// <param name="baseline">The vital signs at rest.</param>
    /// <param name="random">The source of the wandering; used by this patient alone, or its values depend on others.</param>
    public SimulatedPatient(PatientBaseline baseline, Random random)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(random);
        _baseline = baseline;
        _heartRate = new WanderingValue(baseline.HeartRate, spread: 2, TimeSpan.FromSeconds(12), random);
        _respiration = new WanderingValue(baseline.RespirationRate, spread: 0.9, TimeSpan.FromSeconds(15), random);
        _systolic = new WanderingValue(baseline.Systolic, spread: 3, TimeSpan.FromSeconds(25), random);
        _diastolic = new WanderingValue(baseline.Diastolic, spread: 1.5, TimeSpan.FromSeconds(25), random);
        _temperature = new WanderingValue(baseline.Temperature, spread: 0.05, TimeSpan.FromMinutes(20), random);
        _saturationNoise = new WanderingValue(0, spread: 0.4, TimeSpan.FromSeconds(8), random);
    }

    /// <summary>The time of the last measurement, counted from the start of the simulation.</summary>
    public TimeSpan Time => _time;

    /// <summary>One second passes, with these episodes of this patient's bed; what the monitor then measures.</summary>
    /// <param name="episodes">The episodes that cover this second; those of other beds are not given.</param>
    /// <returns>The signals measured in this second, valid until the next call.</returns>
    public IReadOnlyList<MeasuredVital> MeasureNext(IEnumerable<Episode> episodes)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        _time += Second;
        var deteriorates = false;
        Episode? sensorOff = null;
        foreach (var episode in episodes)
        {
            deteriorates |= episode.Kind == EpisodeKind.Deterioration;
            sensorOff = episode.Kind == EpisodeKind.SensorOff ? episode : sensorOff;
        }

        Step(deteriorates);
        Measure(sensorOff);
        return _measured;
    }

    private void Step(bool deteriorates)
    {
        var deepest = _baseline.OxygenSaturation - LowestSaturation;
        _desaturation = deteriorates
            ? Math.Min(deepest, _desaturation + DesaturationPerSecond)
            : Math.Max(0, _desaturation - RecoveryPerSecond);
        var severity = _desaturation / deepest;

        _saturationNoise.Step(0);
        _heartRate.Step(_baseline.HeartRate + (HeartRateRise * severity));
        _respiration.Step(_baseline.RespirationRate + (RespirationRise * severity));
        _systolic.Step(_baseline.Systolic + (6 * severity));
        _diastolic.Step(_baseline.Diastolic + (3 * severity));
        _temperature.Step(_baseline.Temperature);
    }

    private void Measure(Episode? sensorOff)
    {
        _measured.Clear();
        Add("hr", Math.Round(_heartRate.Value));
        var saturation = Math.Min(100, Math.Round(_baseline.OxygenSaturation - _desaturation + _saturationNoise.Value));
        if (sensorOff is null)
        {
            Add("spo2", saturation);
        }
        else if (sensorOff.NoValue != NoValueForm.Absent)
        {
            Add("spo2", sensorOff.NoValue == NoValueForm.Sentinel ? -100 : null);
        }

        Add("rr", Math.Round(_respiration.Value));
        if (_baseline.ArterialLine)
        {
            AddPressures("art_sbp", "art_dbp", "art_map");
        }
        else if (IsEvery(CuffInterval))
        {
            AddPressures("sbp", "dbp", "map");
        }

        if (IsEvery(TemperatureInterval))
        {
            Add("temp", Math.Round(_temperature.Value, 1));
        }
    }

    private void AddPressures(string systolic, string diastolic, string mean)
    {
        // The usual approximation of the mean: a third of the pulse pressure above the diastolic.
        Add(systolic, Math.Round(_systolic.Value));
        Add(diastolic, Math.Round(_diastolic.Value));
        Add(mean, Math.Round(_diastolic.Value + ((_systolic.Value - _diastolic.Value) / 3)));
    }

    private bool IsEvery(TimeSpan interval) => _time.Ticks % interval.Ticks == 0;

    private void Add(string signal, double? value) => _measured.Add(new MeasuredVital(signal, value));
}
