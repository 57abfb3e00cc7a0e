using IoTGateway.Alerts;
using IoTGateway.Archive;
using IoTGateway.Configuration;
using IoTGateway.Queue;

namespace IoTGateway.Hosting;

/// <summary>The archive, if the configuration asks for one: its consumer, and who reads it.</summary>
internal sealed class ArchiveHost : IAsyncDisposable
{
    private readonly ArchiveReader? _reader;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Opens it. Before anything is appended: a log that was cut or replaced is refused as it was found.</summary>
    public ArchiveHost(GatewayOptions options, DurableLog log, CensusProjection census, AlertLedger ledger, TimeProvider clock, ILoggerFactory loggers)
    {
        if (!options.Archive.Enabled)
        {
            return;
        }

        var directory = DataLayout.Archive(options.DataDirectory);
        try
        {
            Consumer = new ArchiveConsumer(
                log,
                new ArchiveOptions { Directory = directory, RetentionAge = TimeSpan.FromDays(options.Archive.RetentionDays) },
                position => census.History.Before(position.Address),
                () => ledger.Alerts.Select(alert => alert.Episode).ToHashSet(StringComparer.Ordinal),
                clock,
                new Random(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue)), // Spreads retries in time.
                loggers.CreateLogger<ArchiveConsumer>());
        }
        catch (InvalidDataException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }

        _reader = new ArchiveReader(directory, TimeZoneInfo.FindSystemTimeZoneById(options.Site.TimeZone), log.Clock);
    }

    /// <summary>The consumer; null where there is no archive.</summary>
    public ArchiveConsumer? Consumer { get; }

    /// <summary>What the board reads; null where there is no archive.</summary>
    public IArchive? Archive => _reader;

    /// <summary>Begins to archive.</summary>
    public void Start() => _running = Consumer?.RunAsync(_stop.Token) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        Consumer?.Dispose();
        _reader?.Dispose();
        _stop.Dispose();
    }
}
