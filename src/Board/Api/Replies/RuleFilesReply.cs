namespace IoTGateway.Board.Api.Replies;

/// <summary>The rule files on disk.</summary>
/// <param name="Version">The version of the files; a save names it.</param>
/// <param name="MayBeSaved">Whether the gateway may write them.</param>
/// <param name="Files">In the order of their names.</param>
internal sealed record RuleFilesReply(string Version, bool MayBeSaved, IReadOnlyList<RuleFileReply> Files);
