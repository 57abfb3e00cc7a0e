using System.Security.Cryptography;

namespace IoTGateway.Hosting;

/// <summary>
/// Looks at files twice a second and tells when they have changed and then stayed as they are for half a second: editors and copies write in steps. Every
/// 2 s it looks at what stands in them too, since a copy can keep size and time. Looking is as quick as being told by the operating system, and works on every
/// file system.
/// </summary>
internal sealed class FileChangeWatch(Func<IReadOnlyList<string>> files, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private const int LooksPerContent = 4;

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private string _content = "";

    /// <summary>Calls <paramref name="changed"/> now, and from then on after each change.</summary>
    public void Start(Action changed)
    {
        _content = ContentOf();
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
        var looks = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (++looks % LooksPerContent == 0)
                {
                    _content = ContentOf();
                }

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

    private string Fingerprint() => _content + Look(() => string.Join(
        '\n', files().Select(path => new FileInfo(path)).Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}")));

    private string ContentOf() => Look(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files())
        {
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    });

    private static string Look(Func<string> look)
    {
        try
        {
            return look();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message; // That the files cannot be looked at is a change as well.
        }
    }
}
