using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>One thing that happens to an engine.</summary>
/// <param name="Time">When, Unix ms; of a reading, when it is received.</param>
internal abstract record CourseInput(long Time);

/// <summary>Time passes.</summary>
internal sealed record AdvanceInput(long Time) : CourseInput(Time)
{
    public override string ToString() => $"{Time} advance";
}

/// <summary>A patient is admitted or changed.</summary>
internal sealed record ProfileInput(long Time, PatientProfile Profile) : CourseInput(Time)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Time} set {Profile.Patient}: {Profile.Ward}, {Profile.Population}, tags [{string.Join(", ", Profile.Tags)}], monitored [{string.Join(", ", Profile.Monitored)}], limits [{string.Join(", ", Profile.Limits.Select(limit => $"{limit.Limit} {limit.Value:R}"))}]");
}

/// <summary>Another device took over.</summary>
internal sealed record ResetInput(long Time, string Patient) : CourseInput(Time)
{
    public override string ToString() => $"{Time} reset {Patient}";
}

/// <summary>A patient is discharged.</summary>
internal sealed record RemoveInput(long Time, string Patient) : CourseInput(Time)
{
    public override string ToString() => $"{Time} remove {Patient}";
}

/// <summary>A rule set comes into force.</summary>
/// <param name="Time">When.</param>
/// <param name="Set">Its place among the sets of the case.</param>
internal sealed record LoadInput(long Time, int Set) : CourseInput(Time)
{
    public override string ToString() => $"{Time} load {Set}";
}

/// <summary>The engine's state is written, and another engine goes on from it.</summary>
internal sealed record SnapshotInput(long Time) : CourseInput(Time)
{
    public override string ToString() => $"{Time} snapshot";
}

/// <summary>Nobody listened for a while.</summary>
internal sealed record WaitAnewInput(long Time) : CourseInput(Time)
{
    public override string ToString() => $"{Time} wait anew";
}

/// <summary>Values of one moment.</summary>
/// <param name="Time">When they are received.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Measured">The corrected time.</param>
/// <param name="Values">The values.</param>
internal sealed record ReadingInput(long Time, string Patient, long Measured, ImmutableArray<SignalValue> Values) : CourseInput(Time)
{
    public Reading Reading()
    {
        var reading = new Reading { ReceivedTime = new Instant(Time), CorrectedTime = new Instant(Measured), DeviceTime = new Instant(Measured) };
        reading.Values.AddRange(Values);
        return reading;
    }

    public override string ToString()
    {
        var values = Values.Select(value => string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Signal.Id} {(value.Signal.Form == SignalForm.Letter ? ((char)value.Value).ToString() : value.Value.ToString("R", CultureInfo.InvariantCulture))}{(value.Quality == Quality.Valid ? "" : value.Quality == Quality.Questionable ? "?" : "!")}"));
        return $"{Time} read {Patient} at {Measured}{(Time - Measured > 60_000 ? " (late)" : "")}: {string.Join(", ", values)}";
    }
}
