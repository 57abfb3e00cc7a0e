using IoTGateway.Alerts;
using IoTGateway.Board.Ports;
using IoTGateway.Configuration;
using IoTGateway.Control;
using IoTGateway.Queue;

namespace IoTGateway.Hosting;

/// <summary>What the board shows of the gateway itself: queues, rule files, devices, explanations.</summary>
internal static class BoardHost
{
    /// <summary>Puts the board's ports into the container.</summary>
    public static void Add(IServiceCollection services, GatewayOptions options, DurableLog log, QueueControl control, AlertService alerts, RuleDirectory rules)
    {
        services.AddSingleton<IQueueView>(new BoardQueues(log, control, options.Queue.MaxTopics));
        services.AddSingleton<IRuleDesk>(new BoardRules(options, alerts, rules));
        services.AddSingleton<IDeviceDetails>(new BoardDevices(log));
        services.AddSingleton<IExplanations>(new BoardExplanations(options.DataDirectory));
    }
}
