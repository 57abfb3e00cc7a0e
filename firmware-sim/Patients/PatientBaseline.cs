namespace IoTGateway.FirmwareSim.Patients;

/// <summary>What a simulated adult's vital signs are at rest.</summary>
/// <param name="HeartRate">Heart rate, /min.</param>
/// <param name="OxygenSaturation">Oxygen saturation, %.</param>
/// <param name="RespirationRate">Respiration rate, /min.</param>
/// <param name="Systolic">Systolic pressure, mmHg.</param>
/// <param name="Diastolic">Diastolic pressure, mmHg.</param>
/// <param name="Temperature">Body temperature, degrees Celsius.</param>
/// <param name="ArterialLine">Whether the pressures come from an arterial line each second, else from a cuff every few minutes.</param>
public sealed record PatientBaseline(
    double HeartRate,
    double OxygenSaturation,
    double RespirationRate,
    double Systolic,
    double Diastolic,
    double Temperature,
    bool ArterialLine)
{
    /// <summary>
    /// A patient drawn at random whose vital signs at rest, wandering included, stay inside the limits that adult monitors have by default:
    /// heart rate 50 to 120, SpO2 from 90, respiration 8 to 30, systolic 90 to 160, diastolic 50 to 90, mean 60 to 110, temperature 35 to 39.
    /// </summary>
    public static PatientBaseline Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var systolic = Between(108, 138, random);
        return new PatientBaseline(
            HeartRate: Between(62, 90, random),
            OxygenSaturation: Between(95.5, 98.5, random),
            RespirationRate: Between(12.5, 18.5, random),
            Systolic: systolic,
            Diastolic: (systolic * 0.45) + Between(13, 19, random),
            Temperature: Between(36.4, 37.5, random),
            ArterialLine: random.Next(3) == 0);
    }

    private static double Between(double low, double high, Random random) => low + ((high - low) * random.NextDouble());
}
