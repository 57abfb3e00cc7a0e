using System.CommandLine;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary>The command line <c>firmware-sim</c>.</summary>
internal static class CommandLine
{
    /// <summary>Time enough for the orderly end after Ctrl-C.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Runs a command.</summary>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Simulated bedside monitors for an MQTT gateway: replayed recordings and a simulated ward.")
        {
            ReplayCommand.Create(terminal),
            WardCommand.Create(terminal),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync($"{parsed.Errors[0].Message.TrimEnd('.')}. See: {HelpFor(parsed)}").ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
    }

    private static string HelpFor(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "firmware-sim --help" : $"firmware-sim {parsed.CommandResult.Command.Name} --help";
}
