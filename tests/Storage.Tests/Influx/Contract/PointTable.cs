namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>What a database holds: fields by series and time; what comes again changes nothing, what is new of the same time is added.</summary>
internal sealed class PointTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Series, long Time), Dictionary<string, object>> _points = [];
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>Fields beyond so many are refused, as a limit of columns does.</summary>
    public int ColumnsAtMost { get; set; } = int.MaxValue;

    /// <summary>All points, in order.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _points.OrderBy(point => point.Key.Time).ThenBy(point => point.Key.Series, StringComparer.Ordinal).Select(point =>
                    $"{point.Key.Series} {string.Join(",", point.Value.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => FormattableString.Invariant($"{each.Key}={each.Value}")))} {point.Key.Time}")];
            }
        }
    }

    /// <summary>How many points it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _points.Count;
            }
        }
    }

    /// <summary>Why a point cannot be stored; null if it was, or would be.</summary>
    public string? Store(Point point, bool onlyTry = false)
    {
        lock (_gate)
        {
            foreach (var (name, value) in point.Fields)
            {
                if (_types.TryGetValue(name, out var type) ? type != value.GetType() : _types.Count >= ColumnsAtMost)
                {
                    return _types.ContainsKey(name)
                        ? $"field type conflict: input field \"{name}\" on measurement \"{point.Series.Split(',')[0]}\" is type {Word(value.GetType())}, already exists as type {Word(type!)}"
                        : $"adding the column \"{name}\" would exceed the limit of {ColumnsAtMost}";
                }
            }

            if (!onlyTry)
            {
                var key = (point.Series, point.Time ?? throw new InvalidOperationException("A point without a time would be doubled by a retry."));
                if (!_points.TryGetValue(key, out var fields))
                {
                    _points.Add(key, fields = new Dictionary<string, object>(StringComparer.Ordinal));
                }

                foreach (var (name, value) in point.Fields)
                {
                    _types.TryAdd(name, value.GetType());
                    fields[name] = value;
                }
            }

            return null;
        }
    }

    private static string Word(Type type) => type == typeof(double) ? "float" : "string";
}
