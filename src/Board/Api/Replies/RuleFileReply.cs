namespace IoTGateway.Board.Api.Replies;

/// <summary>A rule file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its content.</param>
internal sealed record RuleFileReply(string Name, string Text);
