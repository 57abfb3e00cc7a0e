namespace IoTGateway.Benchmarks.Machine;

/// <summary>A directory for the data of one run, on the disk that is measured; gone with the run.</summary>
internal sealed class Workplace : IDisposable
{
    private int _next;

    public Workplace(string parent)
    {
        Root = Path.Combine(Path.GetFullPath(parent), $"iotgateway-benchmark-{Environment.ProcessId}");
        Directory.CreateDirectory(Root);
    }

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>A new directory in it.</summary>
    public string NewDirectory(string name) => Directory.CreateDirectory(Path.Combine(Root, $"{name}-{_next++}")).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
