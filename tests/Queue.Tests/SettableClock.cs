using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Tests.Doubles;

/// <summary>
/// A clock whose wall time can be set like that of a machine: its monotonic time and its timers notice nothing. Only who advances the clock runs its
/// timers. The base class has them run by whoever reads the time and comes first, under whatever locks that thread holds; no real clock does this.
/// </summary>
public sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>By how much the wall time was set, in all.</summary>
    private TimeSpan _set;

    /// <summary>Called after each reading of either time: what may happen between two.</summary>
    public Action? WhenRead { get; set; }

    /// <summary>Sets the wall time forward, or back where negative.</summary>
    public void Set(TimeSpan by) => _set += by;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Read() + _set;

    // The base class takes its own from the wall time.
    /// <inheritdoc/>
    public override long GetTimestamp() => Read().Ticks;

    private DateTimeOffset Read()
    {
        var now = NowOf(this);
        WhenRead?.Invoke();
        return now;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_now")]
    private static extern ref DateTimeOffset NowOf(FakeTimeProvider clock);
}
