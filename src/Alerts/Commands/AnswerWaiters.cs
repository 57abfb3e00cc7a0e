using System.Collections.Concurrent;
using System.Globalization;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Commands;

/// <summary>Those who wait for what became of their acknowledgement or order. Safe from any thread.</summary>
/// <typeparam name="T">What they are told.</typeparam>
/// <param name="started">When this run of the gateway began.</param>
internal sealed class AnswerWaiters<T>(Instant started)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<T>> _waiting = new(StringComparer.Ordinal);
    private long _last;
    private Exception? _stopped;

    /// <summary>A new request and the task of its outcome. The id is never used again, not even after a restart.</summary>
    public (string Request, Task<T> Outcome) Register()
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"{started.UnixMilliseconds}-{Interlocked.Increment(ref _last)}");
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request] = outcome;
        if (Volatile.Read(ref _stopped) is { } stopped)
        {
            outcome.TrySetException(stopped);
        }

        return (request, outcome.Task);
    }

    public void Forget(string request) => _waiting.TryRemove(request, out _);

    /// <summary>Tells the outcome once it is durable.</summary>
    public void Complete(string request, T result, Commit? durableWith)
    {
        if (!_waiting.TryRemove(request, out var outcome))
        {
            return;
        }

        if (durableWith is null || durableWith.IsDurable)
        {
            outcome.TrySetResult(result);
            return;
        }

        _ = CompleteWhenDurableAsync(outcome, result, durableWith);
    }

    /// <summary>Nobody will answer any more.</summary>
    public void Stop(Exception because)
    {
        Volatile.Write(ref _stopped, because);
        foreach (var outcome in _waiting.Values)
        {
            outcome.TrySetException(because);
        }
    }

    private static async Task CompleteWhenDurableAsync(TaskCompletionSource<T> outcome, T result, Commit commit)
    {
        try
        {
            await commit.Task.ConfigureAwait(false);
            outcome.TrySetResult(result);
        }
        catch (LogFailedException failure)
        {
            outcome.TrySetException(failure);
        }
    }
}
