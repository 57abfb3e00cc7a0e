namespace IoTGateway.Board.Api.Requests;

/// <summary>One rule file.</summary>
/// <param name="Name">Its name, for example <c>10-adult.yaml</c>.</param>
/// <param name="Text">Its content.</param>
internal sealed record RuleTextRequest(string? Name, string? Text);
