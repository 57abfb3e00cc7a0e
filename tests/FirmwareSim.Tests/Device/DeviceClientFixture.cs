using System.Text;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Tests.Server;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.FirmwareSim.Tests.Device;

/// <summary>A scripted server, a device that is its client, and the device's clock.</summary>
internal sealed class DeviceClientFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private DeviceClient? _device;

    public ScriptedServer Server { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 20, 40, 0, TimeSpan.Zero));

    public List<DeviceConnectionReport> Reports { get; } = [];

    public DeviceClient Device => _device ?? throw new InvalidOperationException("Start was not called.");

    public static string Topic => "devices/bed-1/vitals";

    public void Start(Func<DeviceClientOptions, DeviceClientOptions>? change = null)
    {
        var options = new DeviceClientOptions { ClientId = "bed-1", Port = Server.Port, OnConnection = Record };
        _device = new DeviceClient(change?.Invoke(options) ?? options, Clock);
        _device.Start();
    }

    public ValueTask PublishAsync(string payload, DeliveryQuality quality = DeliveryQuality.ExactlyOnce) =>
        Device.PublishAsync(Topic, Encoding.UTF8.GetBytes(payload), quality, TestContext.Current.CancellationToken);

    public Task CloseAsync() => AdvanceUntilDoneAsync(Device.CloseAsync(TestContext.Current.CancellationToken));

    /// <summary>Lets time pass in small steps until a task is done, and gives its outcome.</summary>
    public async Task AdvanceUntilDoneAsync(Task task)
    {
        await AdvanceUntilAsync("the task is done", () => task.IsCompleted);
        await task;
    }

    /// <summary>Lets time pass in small steps, so that pauses between attempts go by, until something outside has happened.</summary>
    public Task AdvanceUntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(
        what,
        Patience,
        () =>
        {
            if (condition())
            {
                return true;
            }

            Clock.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_device is not null)
        {
            await _device.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    public IReadOnlyList<DeviceConnectionReport> ReportsSoFar()
    {
        lock (Reports)
        {
            return [.. Reports];
        }
    }

    private void Record(DeviceConnectionReport report)
    {
        lock (Reports)
        {
            Reports.Add(report);
        }
    }
}
