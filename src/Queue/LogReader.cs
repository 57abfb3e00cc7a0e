namespace IoTGateway.Queue;

/// <summary>Reads committed records in log order. For one thread at a time.</summary>
public sealed class LogReader : IDisposable
{
    /// <summary>Where the next frame will be looked for.</summary>
    public LogPosition Position => throw new NotImplementedException();

    /// <summary>The next committed frame that holds a record of the wanted kinds; false when there is none yet.</summary>
    /// <exception cref="LogCorruptException">The next frame cannot be read.</exception>
    public bool TryRead(out LogFrame frame) => throw new NotImplementedException();

    /// <summary>Closes the file it reads.</summary>
    public void Dispose() => throw new NotImplementedException();
}
