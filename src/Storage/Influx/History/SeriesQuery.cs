using System.Text.RegularExpressions;
using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>What is asked of a database: a signal of a patient between two times.</summary>
/// <param name="Patient">The value of the tag <c>patient</c>.</param>
/// <param name="Signal">The field.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant behind the last.</param>
internal readonly record struct SeriesQuery(string Patient, string Signal, Instant From, Instant To)
{
    /// <summary>The regular expression that finds what the field <c>quality</c> says of the signal.</summary>
    public string Mark => $"(^| ){Regex.Escape(Signal)}=";
}
