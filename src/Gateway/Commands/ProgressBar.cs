using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary>A bar on standard error while work goes on; none where that is no terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work with a bar that goes away at its end.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="work">Gets the bar to tell how far it has come, from 0 to 1.</param>
    public static async Task<T> ShowAsync<T>(string name, Func<Action<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(_ => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(context =>
        {
            var bar = context.AddTask(name, maxValue: 1);
            return work(done => bar.Value = done);
        });
    }
}
