using System.CommandLine;
using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Export;

namespace IoTGateway.Commands;

/// <summary><c>store export</c>: whole rows of the built-in store to a file of CSV or Parquet. Works beside a running gateway.</summary>
internal static class StoreExportCommand
{
    public static Command Create()
    {
        var data = QueueCommands.RequiredData();
        var file = new Option<string>("--out") { Description = "The file; its ending says the format: .csv or .parquet. It holds patient data.", HelpName = "FILE", Required = true };
        var from = CommonOptions.Time("--from", "What was measured at this time or later (default: from the beginning).");
        var to = CommonOptions.Time("--to", "What was measured before this time (default: to the end).");
        var patient = new Option<string?>("--patient") { Description = "Only the rows of this patient.", HelpName = "PATIENT" };
        var force = new Option<bool>("--force") { Description = "Replace the file if there is one." };
        file.Validators.Add(parsed =>
        {
            if (parsed.Tokens.Count > 0 && !StoreExport.IsSupported(parsed.Tokens[0].Value))
            {
                parsed.AddError($"--out '{parsed.Tokens[0].Value}' ends neither in .csv nor in .parquet.");
            }
        });
        var export = new Command("export", "Write whole rows of the built-in store to a file: a line a reading, a column per signal.") { data, file, from, to, patient, force };
        export.SetAction((parsed, cancellation) => ExportAsync(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(file), parsed.GetValue(from) ?? Instant.MinValue, parsed.GetValue(to) ?? Instant.MaxValue, parsed.GetValue(patient), parsed.GetValue(force),
            cancellation));
        return export;
    }

    private static async Task<int> ExportAsync(string data, string file, Instant from, Instant to, string? patient, bool force, CancellationToken cancellation)
    {
        if (from >= to)
        {
            Console.Error.WriteLine("--from is not before --to: nothing is between them.");
            return ExitCode.WrongUsage;
        }

        if (File.Exists(file) && !force)
        {
            throw new UserErrorException($"{Path.GetFullPath(file)} exists; name another file, or replace it with --force.");
        }

        var reader = StoreReader.Open(StoreCommands.DirectoryOf(data), from, to, patient);
        try
        {
            var rows = await ProgressBar.ShowAsync("Exporting", progress => StoreExport.WriteAsync(reader, file, force, progress, cancellation));
            Console.Out.WriteLine(FormattableString.Invariant($"{rows:#,0} rows are in {Path.GetFullPath(file)}. It holds patient data."));
            return ExitCode.Fine;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || (failure is IOException and not StoreException))
        {
            throw new UserErrorException($"{Path.GetFullPath(file)} cannot be written: {failure.Message}", failure);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; no file was written.");
            return ExitCode.Failed;
        }
    }
}
