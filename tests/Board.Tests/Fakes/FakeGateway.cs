using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Archive;
using IoTGateway.Board.Ports;
using IoTGateway.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>All parts of a gateway that a board can have besides the ward.</summary>
internal sealed class FakeGateway(FakeWard ward)
{
    public FakeOrders Orders { get; } = new(ward);

    public FakeObservations Observations { get; } = new(ward);

    public FakeCensus Census { get; } = new(ward);

    public FakeEscalations Escalations { get; } = new();

    public FakeArchive Archive { get; } = new();

    public FakeQueues Queues { get; } = new(ward);

    public FakeRuleDesk Rules { get; } = new(ward);

    public FakeDeviceDetails Devices { get; } = new(ward);

    public FakeExplanations Explanations { get; } = new(ward);

    public void AddTo(IServiceCollection services) => services
        .AddSingleton<IOrders>(Orders)
        .AddSingleton<IObservations>(Observations)
        .AddSingleton<ICensusCommands>(Census)
        .AddSingleton<IEscalations>(Escalations)
        .AddSingleton<IArchive>(Archive)
        .AddSingleton<IQueueView>(Queues)
        .AddSingleton<IRuleDesk>(Rules)
        .AddSingleton<IDeviceDetails>(Devices)
        .AddSingleton<IExplanations>(Explanations);
}
