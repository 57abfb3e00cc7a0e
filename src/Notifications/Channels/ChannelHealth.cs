using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>What the tries of this run say of a channel's server. From any thread.</summary>
internal sealed class ChannelHealth
{
    private long _lastSent = Instant.MinValue.UnixMilliseconds;
    private volatile ChannelTrouble? _trouble;

    /// <summary>When the server last took a page; null: not since the start.</summary>
    public Instant? LastSent => Interlocked.Read(ref _lastSent) is var last && last == Instant.MinValue.UnixMilliseconds ? null : new Instant(last);

    /// <summary>Since when every try has failed, and why the newest one did; null while the server takes pages.</summary>
    public ChannelTrouble? Trouble => _trouble;

    public void Took(Instant now)
    {
        Interlocked.Exchange(ref _lastSent, now.UnixMilliseconds);
        _trouble = null;
    }

    public void Failed(Instant now, string reason) => _trouble = new ChannelTrouble(_trouble?.Since ?? now, reason);
}
