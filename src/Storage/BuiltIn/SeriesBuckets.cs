using IoTGateway.Readings;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>Thins a series: the time is cut into as many intervals as points are wanted; each keeps its lowest, highest and mean value.</summary>
internal sealed class SeriesBuckets
{
    private readonly Bucket[] _buckets;
    private readonly long _from;
    private readonly double _widthMilliseconds;

    public SeriesBuckets(Instant from, Instant to, int points)
    {
        _from = from.UnixMilliseconds;
        // As a double: "from the beginning of time" must not overflow.
        var length = (double)to.UnixMilliseconds - from.UnixMilliseconds;
        _widthMilliseconds = Math.Max(length / points, 1);
        _buckets = new Bucket[(int)Math.Min(points, Math.Ceiling(length))];
    }

    /// <summary>Takes in a value; values may come in any order.</summary>
    public void Add(Instant time, double value, bool questionable, bool late)
    {
        Add(time, value, value, value, 1);
        ref var bucket = ref BucketOf(time);
        bucket.Questionable |= questionable;
        bucket.Late |= late;
    }

    /// <summary>Takes in several values of one interval at once.</summary>
    public void Add(Instant first, double lowest, double highest, double sum, long count)
    {
        ref var bucket = ref BucketOf(first);
        if (bucket.Count == 0)
        {
            bucket = new Bucket { First = first, Lowest = lowest, Highest = highest };
        }

        bucket.Count += count;
        bucket.Sum += sum;
        bucket.First = first < bucket.First ? first : bucket.First;
        bucket.Lowest = Math.Min(bucket.Lowest, lowest);
        bucket.Highest = Math.Max(bucket.Highest, highest);
    }

    /// <summary>Says that a value of an interval that has values is questionable.</summary>
    public void MarkQuestionable(Instant time) => BucketOf(time).Questionable = true;

    /// <summary>The intervals that have values, in order.</summary>
    public List<SeriesPoint> ToPoints()
    {
        var points = new List<SeriesPoint>();
        foreach (ref readonly var bucket in _buckets.AsSpan())
        {
            if (bucket.Count > 0)
            {
                points.Add(new SeriesPoint(bucket.First, bucket.Lowest, bucket.Highest, bucket.Sum / bucket.Count, bucket.Questionable, bucket.Late));
            }
        }

        return points;
    }

    private ref Bucket BucketOf(Instant time)
    {
        var place = (int)(((double)time.UnixMilliseconds - _from) / _widthMilliseconds);
        return ref _buckets[Math.Clamp(place, 0, _buckets.Length - 1)];
    }

    private struct Bucket
    {
        public long Count;
        public double Sum;
        public double Lowest;
        public double Highest;
        public Instant First;
        public bool Questionable;
        public bool Late;
    }
}
