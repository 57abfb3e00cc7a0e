using System.Text;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>Notes what is published, in order: "topic payload", retained ones with "R " before them; keeps what would be retained.</summary>
internal sealed class RetainedTopics : IRetainedTopics
{
    private readonly Lock _gate = new();
    private readonly List<string> _published = [];

    public Dictionary<string, string> Retained { get; } = new(StringComparer.Ordinal);

    public Exception? Failure { get; set; }

    public IReadOnlyList<string> Published
    {
        get
        {
            lock (_gate)
            {
                return [.. _published];
            }
        }
    }

    public ValueTask RetainAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        Note("R " + topic, payload);
        lock (_gate)
        {
            if (payload.IsEmpty)
            {
                Retained.Remove(topic);
            }
            else
            {
                Retained[topic] = Encoding.UTF8.GetString(payload.Span);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        Note(topic, payload);
        return ValueTask.CompletedTask;
    }

    private void Note(string topic, ReadOnlyMemory<byte> payload)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        lock (_gate)
        {
            _published.Add(topic + " " + Encoding.UTF8.GetString(payload.Span));
        }
    }
}
