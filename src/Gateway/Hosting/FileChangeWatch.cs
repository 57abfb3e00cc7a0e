namespace IoTGateway.Hosting;

/// <summary>
/// Looks at files once a second and tells when they have changed and then stayed as they are for a second: editors and copies write in steps.
/// Looking is as quick as being told by the operating system, and works on every file system.
/// </summary>
internal sealed class FileChangeWatch(Func<IReadOnlyList<string>> files, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Calls <paramref name="changed"/> now, and from then on after each change.</summary>
    public void Start(Action changed)
    {
        var seen = Fingerprint();
        changed();
        _running = Task.Run(() => WatchAsync(seen, changed), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task WatchAsync(string seen, Action changed)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var told = seen;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var now = Fingerprint();
                if (now == seen && now != told)
                {
                    told = now;
                    changed();
                }

                seen = now;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private string Fingerprint()
    {
        try
        {
            return string.Join('\n', files().Select(path => new FileInfo(path)).Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message; // That the files cannot be looked at is a change as well.
        }
    }
}
