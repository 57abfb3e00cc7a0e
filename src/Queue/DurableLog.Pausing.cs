using System.Text;

namespace IoTGateway.Queue;

/// <content>Pausing, resuming and removing consumers while the log is in use. Neither delays other consumers or publishers.</content>
public sealed partial class DurableLog
{
    /// <summary>The names of all consumers that are open, paused or have a cursor in the log, with whether each is paused.</summary>
    public IReadOnlyDictionary<string, bool> ConsumerNames
    {
        get
        {
            lock (_gate)
            {
                return _consumers.Select(consumer => consumer.Name).Concat(_state.Cursors.Keys).Concat(_state.Paused).Distinct(StringComparer.Ordinal)
                    .ToDictionary(name => name, _state.Paused.Contains, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A consumer stands still until it is resumed, also over restarts. It keeps its place, and the log is kept for it.</summary>
    /// <returns>When the pause is durable; null if it was paused already.</returns>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit? PauseConsumer(string name) => SetPaused(name, paused: true);

    /// <summary>A paused consumer goes on where it stands.</summary>
    /// <returns>When that is durable; null if it was not paused.</returns>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit? ResumeConsumer(string name) => SetPaused(name, paused: false);

    /// <summary>Forgets a consumer for good: its cursor and whether it is paused. A consumer of this name begins anew.</summary>
    /// <exception cref="InvalidOperationException">It is open.</exception>
    public Commit RemoveConsumer(string name)
    {
        lock (_gate)
        {
            if (_consumers.Any(consumer => consumer.Name == name))
            {
                throw new InvalidOperationException($"The consumer '{name}' is open; close it before it is removed.");
            }

            var commit = Append(RecordKind.ConsumerRemoved, topic: null, Encoding.UTF8.GetBytes(name));
            _state.Cursors.Remove(name);
            _state.Paused.Remove(name);
            return commit;
        }
    }

    private Commit? SetPaused(string name, bool paused)
    {
        LogConsumer? open;
        Commit commit;
        lock (_gate)
        {
            if (_state.Paused.Contains(name) == paused)
            {
                return null;
            }

            commit = Append(RecordKind.ConsumerPaused, topic: null, LogState.PausedBody(name, paused));
            _state.SetPaused(name, paused);
            open = _consumers.Find(consumer => consumer.Name == name);
        }

        open?.SetPaused(paused);
        return commit;
    }
}
