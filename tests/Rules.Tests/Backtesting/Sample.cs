using System.Globalization;

namespace IoTGateway.Rules.Tests.Backtesting;

/// <summary>A row of a recording.</summary>
internal sealed record Sample(decimal Time, string Metric, decimal Value)
{
    public static Sample Parse(string line)
    {
        var fields = line.Split(',');
        return new Sample(decimal.Parse(fields[0], CultureInfo.InvariantCulture), fields[2], decimal.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
