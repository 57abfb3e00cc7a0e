using System.Globalization;

namespace IoTGateway.Benchmarks.Report;

/// <summary>The values of several rounds.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    /// <summary>The middle one.</summary>
    public double Median => _values.Order().ElementAt(_values.Count / 2);

    /// <summary>Takes in a value.</summary>
    public void Add(double value) => _values.Add(value);

    /// <summary>Median and, in brackets, least and greatest.</summary>
    public string Words(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({_values.Min().ToString(format, CultureInfo.InvariantCulture)} to {_values.Max().ToString(format, CultureInfo.InvariantCulture)})");
}
