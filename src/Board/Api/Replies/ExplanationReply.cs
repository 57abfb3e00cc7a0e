namespace IoTGateway.Board.Api.Replies;

/// <summary>Why an alert is or is not raised.</summary>
/// <param name="Alert">The alert's name.</param>
/// <param name="State">Where in its life it is; "none" while it is not there.</param>
/// <param name="At">As of when, ISO 8601 in UTC.</param>
/// <param name="Since">Since when the condition has held, ISO 8601 in UTC; absent while it does not.</param>
/// <param name="Due">When time alone changes something, ISO 8601 in UTC; absent where it does not.</param>
/// <param name="File">The rule's file.</param>
/// <param name="Line">The rule's line.</param>
/// <param name="Notes">What else matters, in words.</param>
/// <param name="Conditions">The conditions and what they are at present.</param>
internal sealed record ExplanationReply(
    string Alert,
    string State,
    string At,
    string? Since,
    string? Due,
    string File,
    int Line,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ExplanationPartReply> Conditions);
