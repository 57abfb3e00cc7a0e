using System.Security.Cryptography;
using System.Text;
using IoTGateway.Alerts;
using IoTGateway.Board.Ports;
using IoTGateway.Configuration;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Hosting;

/// <summary>The rule files for the board. What a change would do is worked out beside the rules from what is in the log: they are not held up.</summary>
internal sealed class BoardRules(GatewayOptions options, AlertService alerts, RuleDirectory rules) : IRuleDesk
{
    private readonly Lock _saving = new();

    /// <inheritdoc/>
    public SignalCatalogue Catalogue => rules.Current?.Catalogue ?? ShippedRules.SignalCatalogue;

    /// <inheritdoc/>
    public RuleSet? InForce => OpenLog().History.Last is { } last ? RulesInLog.Compile(last) : null;

    /// <inheritdoc/>
    public RuleFilesOnDisk Read()
    {
        try
        {
            List<RuleFile> files = [.. RuleFiles.Read([options.RulesDirectory]).Select(file => new RuleFile(Path.GetFileName(file.Name), file.Text))];
            return new RuleFilesOnDisk(VersionOf(files), MayBeSaved(), files);
        }
        catch (UserErrorException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public PortAnswer Save(string name, string? text, string expected, string by)
    {
        lock (_saving)
        {
            if (Read().Version != expected)
            {
                return new PortAnswer(false, "The rule files have changed since you read them. Read them again, and put your change into what stands there now.");
            }

            var path = Path.Combine(options.RulesDirectory, name);
            try
            {
                if (text is null)
                {
                    File.Delete(path);
                    return new PortAnswer(true, $"{name} is removed.");
                }

                // Whole or not at all: the watch must never see half a file.
                var half = path + ".saving";
                File.WriteAllText(half, text);
                File.Move(half, path, overwrite: true);
                return new PortAnswer(true, $"{name} is saved. The gateway reads it within seconds.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return new PortAnswer(false, $"{name} cannot be written: {failure.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RuleSetRecord> History() => [.. OpenLog().History.Records.Select(step => step.Record).Reverse()];

    /// <inheritdoc/>
    public RulePlan? Plan(RuleSet candidate) => OpenLog().Plan(candidate);

    /// <inheritdoc/>
    public Task<BacktestComparison?> BacktestAsync(RuleSet candidate, Instant from, CancellationToken cancellation) => Task.Run(
        () =>
        {
            if (!options.Storage.BuiltIn.Enabled || InForce is not { } inForce)
            {
                return null;
            }

            var recording = new Recording(candidate.Catalogue) { From = from };
            try
            {
                foreach (var value in StoredValues.Read(DataLayout.Store(options.DataDirectory), from, Instant.MaxValue))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!recording.Add(value.Time, value.Patient, value.Ward, value.Signal, value.Value, value.Quality))
                    {
                        throw new IOException($"In this time more than {Recording.MostRows:#,0} values were stored, the most that are played at once: take fewer hours.");
                    }
                }
            }
            catch (StoreException failure)
            {
                throw new IOException(failure.Message, failure);
            }

            return BacktestComparison.Run(inForce, candidate, recording, new BacktestOptions());
        },
        cancellation);

    /// <inheritdoc/>
    public Task<RuleAnswer> ApproveAsync(string by) => alerts.ApproveRulesAsync(by);

    /// <inheritdoc/>
    public Task<RuleAnswer> RefuseAsync(string by) => alerts.RefuseRulesAsync(by);

    /// <inheritdoc/>
    public Task<RuleAnswer> RollBackAsync(string version, string by) => alerts.RollBackRulesAsync(version, by);

    private RulesInLog OpenLog() => RulesInLog.Open(DataLayout.Log(options.DataDirectory), new RealDisk(), () => new RuleEngine());

    private bool MayBeSaved()
    {
        // The rights of a directory say less than a try: a mount may be read-only.
        try
        {
            using var probe = new FileStream(Path.Combine(options.RulesDirectory, ".may-be-saved"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string VersionOf(List<RuleFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\0{file.Text}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
