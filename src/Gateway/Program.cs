using System.CommandLine;
using IoTGateway;
using IoTGateway.Commands;
using IoTGateway.Commands.RuleTools;

// The path of a reading is put together in Hosting/GatewayHost.cs:
// Broker -> Queue -> Rules -> Alerts, and -> Storage -> Board.
var root = new RootCommand("IoTGateway: an MQTT ingestion gateway for healthcare monitoring.")
{
    RunCommand.Create(),
    DemoCommand.Create(),
    RulesCommands.Create(),
    QueueCommands.Create(),
    AlertsCommands.Create(),
    StoreCommands.Create(),
    CensusFileCommands.Create(),
    ConfigCommands.Create(),
};
return await CommandLine.RunAsync(root, args);
