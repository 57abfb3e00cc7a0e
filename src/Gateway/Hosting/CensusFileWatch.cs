using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoTGateway.Alerts;
using IoTGateway.Census;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>
/// Imports the census file at start and whenever it changes: all of it or nothing. The same file is not imported again, and one that would overrule what people
/// have done at the board waits for them.
/// </summary>
internal sealed class CensusFileWatch(string path, RuleDirectory rules, AlertService alerts, TimeProvider clock, ILogger<CensusFileWatch> logger) : IAsyncDisposable
{
    private readonly FileChangeWatch _watch = new(() => [path], clock);
    private bool _started;
    private volatile string? _trouble;

    /// <summary>Why the file cannot be used, and since when; null while it can. In a sentence that says nothing of patients.</summary>
    public string? Trouble => _trouble;

    /// <summary>Imports the file now and goes on watching it.</summary>
    /// <exception cref="UserErrorException">The file is wrong at the start; the message holds every error.</exception>
    public void Start()
    {
        _watch.Start(Import);
        _started = true;
    }

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private void Import()
    {
        try
        {
            var written = Instant.From(File.GetLastWriteTimeUtc(path));
            var text = File.ReadAllText(path);
            var result = CensusFile.Load(path, text, rules.Current?.Catalogue);
            if (result.Census is { } census)
            {
                alerts.ImportCensus(census, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), written);
                _trouble = null;
                return;
            }

            Refuse(written, Places(result.Diagnostics), new UserErrorException(string.Join(Environment.NewLine, result.Diagnostics)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Refuse(Instant.Now(clock), failure.Message, new UserErrorException($"The census file {path} cannot be read: {failure.Message}", failure));
        }
    }

    /// <summary>At the start there is nothing to go on with; while running, the census in force stays, and what waited does not count any more.</summary>
    private void Refuse(Instant since, string why, UserErrorException error)
    {
        if (!_started)
        {
            throw error;
        }

        alerts.ReportCensusInvalid();
        _trouble = $"The census file {path} cannot be used since {since}; the census in force stays. {why.TrimEnd('.')}. `iotgateway config check` shows every error.";
        logger.CensusInvalid(path, why);
    }

    /// <summary>Where the errors are. What they quote of the file names patients, which belongs into no log.</summary>
    private static string Places(ImmutableArray<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.IsError).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{errors.Count} {(errors.Count == 1 ? "error" : "errors, the first")} in line {errors[0].Line}, column {errors[0].Column} ({errors[0].Code})");
    }
}
