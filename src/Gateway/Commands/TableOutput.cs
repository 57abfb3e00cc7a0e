using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary>Prints tables: on a terminal as wide as it is, elsewhere as wide as they need, so that a name is never broken for whoever searches the text.</summary>
internal static class TableOutput
{
    private const int WidthAtMost = 100_000;

    /// <summary>Prints a table to standard output.</summary>
    public static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthAtMost;
        }

        AnsiConsole.Write(table);
    }
}
