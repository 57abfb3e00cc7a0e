namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>There is no machine any more: whoever still runs after a crash learns it at the next touch of the disk.</summary>
internal sealed class MachineStoppedException() : Exception("The simulated machine has stopped.");
