using IoTGateway.Rules;

namespace IoTGateway.Board.Ports;

/// <summary>The rule files of the gateway.</summary>
/// <param name="Version">A hash of their names and contents.</param>
/// <param name="MayBeSaved">Whether the gateway may write them.</param>
/// <param name="Files">In the order of their names; names without directory.</param>
public sealed record RuleFilesOnDisk(string Version, bool MayBeSaved, IReadOnlyList<RuleFile> Files);
