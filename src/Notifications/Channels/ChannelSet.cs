using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Notifications.Channels;

/// <summary>The channels at work; follows the plan in force.</summary>
internal sealed class ChannelSet(
    DurableLog log, Func<Page, PageVerdict> look, Func<TimeZoneInfo> zone, string parkedDirectory, IDisk disk, Func<Random> random, ILogger logger)
    : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PageChannel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notOpened = new(StringComparer.Ordinal);

    /// <summary>Those that could not be opened, with the reason.</summary>
    public IReadOnlyDictionary<string, string> NotOpened
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, string>(_notOpened, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The channels, by name.</summary>
    public IReadOnlyList<PageChannel> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _channels.Values.OrderBy(channel => channel.Settings.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Opens what is new, changes what is other, and closes what is gone: its consumer is removed, so that the log is not kept for it.</summary>
    public async Task FollowAsync(NotificationPlan? plan)
    {
        var wanted = plan?.Channels.Values.ToDictionary(settings => settings.ConsumerName, StringComparer.Ordinal) ?? [];
        List<PageChannel> gone;
        lock (_gate)
        {
            gone = [.. _channels.Where(pair => !wanted.ContainsKey(pair.Key)).Select(pair => pair.Value)];
            gone.ForEach(channel => _channels.Remove(channel.Settings.ConsumerName));
        }

        foreach (var channel in gone)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            log.RemoveConsumer(channel.Settings.ConsumerName);
            log.RemoveConsumer(channel.Settings.OverConsumerName);
        }

        lock (_gate)
        {
            _notOpened.Clear();
            foreach (var (name, settings) in wanted)
            {
                if (_channels.TryGetValue(name, out var known))
                {
                    if (known.Settings != settings)
                    {
                        known.Change(settings);
                    }
                }
                else
                {
                    Open(name, settings);
                }
            }
        }
    }

    /// <summary>How each is doing.</summary>
    public IReadOnlyList<ChannelStatus> Status(Instant now) => [.. All.Select(channel => channel.Status(now))];

    public async ValueTask DisposeAsync()
    {
        List<PageChannel> all;
        lock (_gate)
        {
            all = [.. _channels.Values];
            _channels.Clear();
        }

        await Task.WhenAll(all.Select(channel => channel.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private void Open(string name, ChannelSettings settings)
    {
        try
        {
            var channel = new PageChannel(settings, log, look, zone, parkedDirectory, disk, random);
            foreach (var runner in channel.Runners)
            {
                runner.Failed += failed => logger.ChannelStopped(settings.Name, failed.Failure!);
            }

            _channels.Add(name, channel);
            channel.Start();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The other channels must go on; whoever is to be told over this one is told over the next.
            _notOpened[settings.Name] = failure.Message;
            logger.ChannelNotOpened(settings.Name, failure.Message);
        }
    }
}
