using IoTGateway.FirmwareSim.Patients;

namespace IoTGateway.FirmwareSim.Ward;

/// <summary>
/// What happens in a simulated ward, decided by a seed. The first cycle is always the same: bed 3 deteriorates from second 3, and another
/// bed's SpO2 sensor is off from second 20 for 40 s. Then a cycle of <see cref="CycleLength"/> after the other, in each of them one bed
/// deteriorates and another bed's sensor comes off, at times and beds drawn from the seed; in between everybody is well.
/// </summary>
public sealed class WardScenario
{
    /// <summary>How long a cycle lasts.</summary>
    public static readonly TimeSpan CycleLength = TimeSpan.FromMinutes(3);

    /// <summary>When the first deterioration begins.</summary>
    public static readonly TimeSpan FirstDeterioration = TimeSpan.FromSeconds(3);

    /// <summary>When the first sensor comes off.</summary>
    public static readonly TimeSpan FirstSensorOff = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan DeteriorationLength = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan SensorOffLength = TimeSpan.FromSeconds(40);
    private readonly int _beds;
    private readonly int _seed;

    /// <summary>A scenario for a ward.</summary>
    /// <param name="beds">How many beds, at least 1.</param>
    /// <param name="seed">Another seed, another course after the first cycle, and other patients.</param>
    public WardScenario(int beds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(beds, 1);
        _beds = beds;
        _seed = seed;
    }

    /// <summary>The episodes of one cycle, from 0. A ward with one bed has no sensor that comes off: the two would cover each other.</summary>
    public IReadOnlyList<Episode> Cycle(int cycle)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cycle);
        var random = new Random(HashCode(_seed, cycle));
        var begins = CycleLength * cycle;
        var ill = cycle == 0 ? Math.Min(3, _beds) : 1 + random.Next(_beds);
        var illFrom = cycle == 0 ? FirstDeterioration : TimeSpan.FromSeconds(random.Next(5, 60));
        var episodes = new List<Episode>(2) { new(ill, EpisodeKind.Deterioration, begins + illFrom, DeteriorationLength) };
        if (_beds > 1)
        {
            var loose = 1 + ((ill + random.Next(_beds - 1)) % _beds);
            var looseFrom = cycle == 0 ? FirstSensorOff : TimeSpan.FromSeconds(random.Next(10, 120));
            var form = cycle == 0 ? NoValueForm.Null : (NoValueForm)random.Next(3);
            episodes.Add(new Episode(loose, EpisodeKind.SensorOff, begins + looseFrom, SensorOffLength, form));
        }

        return episodes;
    }

    /// <summary>The patient in a bed, from 1. The same call gives the same patient again, at the start of the simulation.</summary>
    public SimulatedPatient Patient(int bed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bed, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bed, _beds);
        var random = new Random(HashCode(_seed, -bed));
        return new SimulatedPatient(PatientBaseline.Draw(random), random);
    }

    /// <summary>The episodes of a bed that cover this time. No episode reaches over the end of its cycle.</summary>
    public IEnumerable<Episode> At(int bed, TimeSpan time) =>
        Cycle((int)(time / CycleLength)).Where(episode => episode.Bed == bed && episode.Covers(time));

    /// <summary>Mixes two numbers so that near seeds give far apart courses (System.HashCode differs from run to run, so it is of no use here).</summary>
    private static int HashCode(int left, int right)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)left << 32 | (uint)right) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
            return (int)(mixed >> 33);
        }
    }
}
