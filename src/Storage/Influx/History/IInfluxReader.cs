using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>The questions, in the language of a generation of InfluxDB. What nothing was ever written of has no answer, and is no error.</summary>
internal interface IInfluxReader
{
    /// <summary>The numbers of each interval that has any; the intervals begin at <see cref="SeriesQuery.From"/>.</summary>
    Task<IReadOnlyList<Interval>> IntervalsAsync(SeriesQuery query, long widthMilliseconds, CancellationToken cancellation);

    /// <summary>The values one by one, in any order.</summary>
    /// <param name="query">Which.</param>
    /// <param name="onlyMarked">Whether only those are wanted that the field <c>quality</c> says something of.</param>
    /// <param name="cancellation">Ends the query.</param>
    Task<IReadOnlyList<StoredPoint>> PointsAsync(SeriesQuery query, bool onlyMarked, CancellationToken cancellation);

    /// <summary>The times of the first and the last value; null where there is none.</summary>
    Task<(Instant First, Instant Last)?> ExtentAsync(SeriesQuery query, CancellationToken cancellation);

    /// <summary>The last value of each signal of a patient, whatever its quality.</summary>
    /// <param name="patient">The value of the tag <c>patient</c>.</param>
    /// <param name="signals">Those that are asked for where the language needs names; others may be among the answers, too.</param>
    /// <param name="cancellation">Ends the query.</param>
    Task<IReadOnlyDictionary<string, StoredPoint>> LatestAsync(string patient, IReadOnlyCollection<string> signals, CancellationToken cancellation);
}
