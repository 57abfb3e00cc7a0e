namespace IoTGateway.Benchmarks.Rules;

/// <summary>
/// What the reference looks at of a patient. It has no windows, scores or times: what ours works out of the readings stands here ready, which costs the
/// reference nothing.
/// </summary>
internal sealed class Vitals
{
    private static readonly (double Most, int Points)[] RrPoints = [(8, 3), (11, 1), (20, 0), (24, 2), (double.PositiveInfinity, 3)];
    private static readonly (double Most, int Points)[] Spo2Points = [(91, 3), (93, 2), (95, 1), (double.PositiveInfinity, 0)];
    private static readonly (double Most, int Points)[] SbpPoints = [(90, 3), (100, 2), (110, 1), (219, 0), (double.PositiveInfinity, 3)];
    private static readonly (double Most, int Points)[] HrPoints = [(40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (double.PositiveInfinity, 3)];
    private static readonly (double Most, int Points)[] TempPoints = [(35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (double.PositiveInfinity, 2)];

    public double Hr { get; private set; }

    public double Spo2 { get; private set; }

    public double Rr { get; private set; }

    public double Sbp { get; private set; }

    public double Dbp { get; private set; }

    public double Temp { get; private set; }

    public double MeanPressure { get; private set; }

    public double ShockIndex { get; private set; }

    public double News2 { get; private set; }

    public double Spo2Average { get; private set; }

    public double HrAverage { get; private set; }

    public double HrRise { get; private set; }

    public double SbpFall { get; private set; }

    public bool HrIsMissing { get; private set; }

    public bool Spo2IsMissing { get; private set; }

    /// <summary>How a rule of the reference names a signal.</summary>
    public static string FieldOf(string signal) => $"vitals.{char.ToUpperInvariant(signal[0])}{signal[1..]}";

    /// <summary>A new value of one signal.</summary>
    public void Set(int signal, double value)
    {
        switch (signal)
        {
            case 0:
                Hr = value;
                break;
            case 1:
                Spo2 = value;
                break;
            case 2:
                Rr = value;
                break;
            case 3:
                Sbp = value;
                break;
            case 4:
                Dbp = value;
                break;
            default:
                Temp = value;
                break;
        }
    }

    /// <summary>Works out the rest as it is when all signals have come in a second.</summary>
    public void Complete(VitalsCourse course, int patient, int second)
    {
        HrIsMissing = Spo2IsMissing = false;
        MeanPressure = (Sbp + (2 * Dbp)) / 3;
        ShockIndex = Hr / Sbp;
        News2 = Points(RrPoints, Rr) + Points(Spo2Points, Spo2) + Points(SbpPoints, Sbp) + Points(HrPoints, Hr) + Points(TempPoints, Temp);
        Spo2Average = course.Window(patient, signal: 1, second, TimeSpan.FromMinutes(1)).Average;
        HrAverage = course.Window(patient, signal: 0, second, TimeSpan.FromMinutes(5)).Average;
        HrRise = Hr - course.Window(patient, signal: 0, second, TimeSpan.FromMinutes(10)).Lowest;
        SbpFall = course.Window(patient, signal: 3, second, TimeSpan.FromMinutes(30)).Highest - Sbp;
    }

    private static int Points((double Most, int Points)[] bands, double value) => Array.Find(bands, band => value <= band.Most).Points;
}
