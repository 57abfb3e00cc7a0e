using System.Collections.Concurrent;
using IoTGateway.Queue;

namespace IoTGateway.Alerts.Processing;

/// <summary>Those who wait until the rules have taken in a record of theirs, and what came of it is durable. Safe from any thread.</summary>
internal sealed class ConsumedWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private Exception? _stopped;

    /// <summary>To be called before the record is appended.</summary>
    /// <param name="key">What the record is known by, used once.</param>
    public Task Register(string key)
    {
        var consumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[key] = consumed;
        if (Volatile.Read(ref _stopped) is { } stopped)
        {
            consumed.TrySetException(stopped);
        }

        return consumed.Task;
    }

    public void Forget(string key) => _waiting.TryRemove(key, out _);

    public void Complete(string key, Commit? durableWith)
    {
        if (_waiting.TryRemove(key, out var consumed))
        {
            _ = CompleteWhenDurableAsync(consumed, durableWith);
        }
    }

    /// <summary>Nothing is taken in any more.</summary>
    public void Stop(Exception because)
    {
        Volatile.Write(ref _stopped, because);
        foreach (var consumed in _waiting.Values)
        {
            consumed.TrySetException(because);
        }
    }

    private static async Task CompleteWhenDurableAsync(TaskCompletionSource consumed, Commit? commit)
    {
        try
        {
            await (commit?.Task ?? Task.CompletedTask).ConfigureAwait(false);
            consumed.TrySetResult();
        }
        catch (LogFailedException failure)
        {
            consumed.TrySetException(failure);
        }
    }
}
