using System.Collections.Concurrent;

namespace IoTGateway.Tests.Support.Mutants;

/// <summary>Shows of each mutant that it is caught.</summary>
internal static class MutantHunt
{
    /// <summary>Runs a search for each mutant, several at a time; tells what caught each, and the names of those that nothing did.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="search">Compiles one and looks for what gives it away, in words; null if nothing does.</param>
    /// <param name="timeAtMost">A search that takes longer hangs: it has checked nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    public static (IReadOnlyList<string> Outcomes, IReadOnlyList<string> Missed) Run(
        IReadOnlyList<Mutant> mutants, Func<Mutant, string?> search, TimeSpan timeAtMost, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        Parallel.ForEach(
            mutants,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            mutant =>
            {
                // A task of its own thread: a search that hangs is left behind, and one that throws says so here.
                var running = Task.Factory.StartNew(() => search(mutant), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                found[mutant.Name] = running.Wait(timeAtMost, cancellation) ? running.Result : null;
            });
        return (
            [.. mutants.Select(mutant => $"{mutant.Name} | {found[mutant.Name] ?? "NOT CAUGHT"}")],
            [.. mutants.Where(mutant => found[mutant.Name] is null).Select(mutant => mutant.Name)]);
    }
}
