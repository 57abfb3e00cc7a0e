using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage.Tests;

/// <summary>Signals, people and rows for the tests of this project.</summary>
internal static class TestData
{
    /// <summary>2026-11-22T12:00:00Z.</summary>
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public static readonly Signal HeartRate = new() { Index = 0, Id = "hr", Name = "HR" };
    public static readonly Signal Saturation = new() { Index = 1, Id = "spo2", Name = "SpO2" };
    public static readonly Signal Respiration = new() { Index = 2, Id = "rr", Name = "RR" };
    public static readonly Signal Systolic = new() { Index = 3, Id = "sbp", Name = "SBP" };
    public static readonly Signal ArterialSystolic = new() { Index = 4, Id = "art_sbp", Name = "ABP" };
    public static readonly Signal Temperature = new() { Index = 5, Id = "temp", Name = "T" };
    public static readonly Signal Consciousness = new() { Index = 6, Id = "avpu", Name = "AVPU", Form = SignalForm.Letter, Letters = "ACVPU" };
    public static readonly Signal Oxygen = new() { Index = 7, Id = "o2", Name = "O2", Form = SignalForm.Switch };

    public static readonly SignalCatalogue Catalogue =
        new([HeartRate, Saturation, Respiration, Systolic, ArterialSystolic, Temperature, Consciousness, Oxygen]);

    public static readonly Assignment BedOne = new("p1", "ICU", "ICU-1");

    public static SignalValue Valid(Signal signal, double value) => new(signal, value, Quality.Valid);

    public static SignalValue Questionable(Signal signal, double value) => new(signal, value, Quality.Questionable);

    public static SignalValue NoValue(Signal signal, double value = double.NaN) => new(signal, value, Quality.NoValue);

    /// <summary>A row of device m1 at bed one, received when measured.</summary>
    public static RowBatch Row(Instant time, params ReadOnlySpan<SignalValue> values) => new RowBatch().And("m1", time, values);

    /// <summary>Adds a row at bed one.</summary>
    public static RowBatch And(this RowBatch rows, string device, Instant time, params ReadOnlySpan<SignalValue> values)
    {
        rows.Add(device, time, time, BedOne, new LogPosition(rows.Count), values);
        return rows;
    }

    /// <summary>Adds a row of another person.</summary>
    public static RowBatch And(this RowBatch rows, string device, Assignment assignment, Instant time, params ReadOnlySpan<SignalValue> values)
    {
        rows.Add(device, time, time, assignment, new LogPosition(rows.Count), values);
        return rows;
    }
}
