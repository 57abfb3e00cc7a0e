using System.Diagnostics;

namespace IoTGateway.Tests.Support;

/// <summary>Waits for something outside the process (a server, a browser, another process) with a deadline. The only place in the tests that waits.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns when the condition holds; fails with <paramref name="what"/> after the deadline. An exception counts as "not yet".</summary>
    public static Task HoldsAsync(string what, TimeSpan deadline, Func<bool> condition, CancellationToken cancellation = default) =>
        HoldsAsync(what, deadline, () => Task.FromResult(condition()), cancellation);

    /// <inheritdoc cref="HoldsAsync(string, TimeSpan, Func{bool}, CancellationToken)"/>
    public static async Task HoldsAsync(string what, TimeSpan deadline, Func<Task<bool>> condition, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }

                last = null;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                last = failure;
            }

            if (watch.Elapsed > deadline)
            {
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0.#} s: {what}.", last);
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
