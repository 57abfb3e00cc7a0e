using System.CommandLine;

namespace IoTGateway;

/// <summary>Runs a command and turns what went wrong into a sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>After Ctrl-C a command has this long to end in order.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(9);

    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            Console.Error.WriteLine("See 'iotgateway --help'.");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndTimeout });
        }
        catch (Exception failure) when (failure is UserErrorException or IOException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Fine;
        }
    }
}
