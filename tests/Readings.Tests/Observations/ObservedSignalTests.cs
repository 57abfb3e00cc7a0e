using IoTGateway.Readings.Observations;

namespace IoTGateway.Readings.Tests.Observations;

public class ObservedSignalTests
{
    private static readonly Signal Temperature = new()
    {
        Index = 0,
        Id = "temp",
        Name = "Temperature",
        Unit = "Cel",
        UnitShown = "°C",
        PlausibleLow = 25,
        PlausibleHigh = 45,
    };

    private static readonly Signal HeartRate = new()
    {
        Index = 1,
        Id = "hr",
        Name = "Heart rate",
        UnitShown = "bpm",
        PlausibleLow = 1,
        PlausibleHigh = 300,
        NoValueAtOrBelow = 0,
    };

    private static readonly Signal Consciousness = new() { Index = 2, Id = "avpu", Name = "AVPU", Form = SignalForm.Letter, Letters = "ACVPU" };
    private static readonly Signal Oxygen = new() { Index = 3, Id = "o2", Name = "Oxygen", Unit = "L/min", Form = SignalForm.Switch };
    private static readonly Signal Battery = new() { Index = 4, Id = "battery", Name = "Battery", OfDevice = true };

    public static TheoryData<Signal, double, string?> Values => new()
    {
        { Temperature, 37.2, null },
        { Temperature, 51, null }, // Questionable, as a device's would be.
        { Temperature, double.NaN, "Temperature must be a number in °C." },
        { Temperature, double.PositiveInfinity, "Temperature must be a number in °C." },
        { Temperature, -100, "Temperature cannot be -100: that is how a device says that it reads nothing; plausible is 25 to 45 in °C." },
        { HeartRate, 0, "Heart rate cannot be 0: that is how a device says that it reads nothing; plausible is 1 to 300 in bpm." },
        { Consciousness, 'C', null },
        { Consciousness, 'X', "AVPU must be one of A, C, V, P, U." },
        { Consciousness, 2, "AVPU must be one of A, C, V, P, U." },
        { Consciousness, 65.5, "AVPU must be one of A, C, V, P, U." },
        { Consciousness, 1e300, "AVPU must be one of A, C, V, P, U." },
        { Consciousness, double.NaN, "AVPU must be one of A, C, V, P, U." },
        { Oxygen, 0, null },
        { Oxygen, 2.5, null },
        { Oxygen, -1, "Oxygen must be off, on, or a flow that is not below 0 in L/min." },
        { Battery, 50, "Battery tells of the device, not of the patient; it cannot be entered." },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void FaultOf_Value_SaysWhatWouldBeAllowed(Signal signal, double value, string? expected) => Assert.Equal(expected, ObservedSignal.FaultOf(signal, value));

    [Theory]
    [InlineData("c", 67.0)]
    [InlineData(" V ", 86.0)]
    [InlineData("X", null)]
    [InlineData("", null)]
    [InlineData("AV", null)]
    public void Parse_OfLetters_IsTheCode(string text, double? expected) => Assert.Equal(expected, ObservedSignal.Parse(Consciousness, text));

    [Theory]
    [InlineData("on", 1.0)]
    [InlineData("OFF", 0.0)]
    [InlineData("2.5", 2.5)]
    [InlineData("much", null)]
    public void Parse_OfASwitch_IsOnOffOrTheFlow(string text, double? expected) => Assert.Equal(expected, ObservedSignal.Parse(Oxygen, text));

    [Fact]
    public void ToSignalValue_FlowAndImplausible_AreJudgedAsOfADevice()
    {
        Assert.Equal(new SignalValue(Oxygen, 1, Quality.Valid), ObservedSignal.ToSignalValue(Oxygen, 2.5));
        Assert.Equal(new SignalValue(Temperature, 51, Quality.Questionable), ObservedSignal.ToSignalValue(Temperature, 51));
        Assert.Equal(new SignalValue(Consciousness, 'C', Quality.Valid), ObservedSignal.ToSignalValue(Consciousness, 'C'));
    }
}
