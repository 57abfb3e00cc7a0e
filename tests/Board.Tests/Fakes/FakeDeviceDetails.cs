using IoTGateway.Board.Ports;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Details of the devices of the eight beds.</summary>
internal sealed class FakeDeviceDetails(FakeWard ward) : IDeviceDetails
{
    public IReadOnlyList<DeviceDetails> All() =>
    [
        new("mon-101", "1.4.2", TimeSpan.FromMilliseconds(120), 91, ward.Now - TimeSpan.FromDays(3)),
        new("mon-102", "1.4.2", TimeSpan.FromSeconds(-2.4), 64, ward.Now - TimeSpan.FromHours(9)),
        new("mon-104", "1.3.9", TimeSpan.FromSeconds(75), 18, ward.Now - TimeSpan.FromHours(2)),
        new("mon-105", "1.4.2", null, 7, ward.Now - TimeSpan.FromMinutes(38)),
        new("mon-901", "1.4.2", null, 100, ward.Now - TimeSpan.FromMinutes(5), Online: true),
    ];

    public Task<IReadOnlyList<DeviceReject>> RejectsAsync(int atMost, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<DeviceReject>>(
    [
        .. new DeviceReject[]
        {
            new("mon-104", "devices/mon-104/vitals", ward.Now - TimeSpan.FromMinutes(7), "the payload is no JSON: 'e' is an invalid start of a value, at byte 12"),
            new("mon-900", "devices/mon-900/vitals", ward.Now - TimeSpan.FromHours(26), "no known signal: 'heartbeat', 'bat'"),
        }.Take(atMost),
    ]);
}
