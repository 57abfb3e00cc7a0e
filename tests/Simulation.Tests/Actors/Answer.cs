using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>What the gateway will answer on a connection, in order, once a commit is durable.</summary>
/// <param name="Kind">Which packet.</param>
/// <param name="PacketIdentifier">Of which message.</param>
/// <param name="Commit">What it waits for; null for nothing.</param>
/// <param name="SessionPresent">The flag of CONNACK.</param>
internal readonly record struct Answer(AnswerKind Kind, ushort PacketIdentifier, Commit? Commit, bool SessionPresent = false);
