using System.Security.Cryptography;
using System.Text;
using IoTGateway.Alerts;
using IoTGateway.Census;

namespace IoTGateway.Hosting;

/// <summary>
/// Imports the census file at start and whenever it changes: all of it or nothing. The same file is not imported again, and one that would overrule what people
/// have done at the board waits for them.
/// </summary>
internal sealed class CensusFileWatch(string path, RuleDirectory rules, AlertService alerts, TimeProvider clock, ILogger<CensusFileWatch> logger) : IAsyncDisposable
{
    private readonly FileChangeWatch _watch = new(() => [path], clock);
    private bool _started;

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
            var text = File.ReadAllText(path);
            var result = CensusFile.Load(path, text, rules.Current?.Catalogue);
            if (result.Census is { } census)
            {
                alerts.ImportCensus(census, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
                return;
            }

            throw new UserErrorException(string.Join(Environment.NewLine, result.Diagnostics));
        }
        catch (Exception failure) when (failure is UserErrorException or IOException or UnauthorizedAccessException)
        {
            if (!_started)
            {
                throw failure as UserErrorException ?? new UserErrorException($"The census file {path} cannot be read: {failure.Message}", failure);
            }

            // While running, the census in force stays.
            logger.CensusInvalid(path, failure.Message);
        }
    }
}
