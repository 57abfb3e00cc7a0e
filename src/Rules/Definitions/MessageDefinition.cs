using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Definitions;

/// <summary>A piece of a message.</summary>
/// <param name="Text">The text; empty where an expression stands.</param>
/// <param name="Value">A number, or the age of a signal; null where text stands.</param>
internal sealed record MessageDefinition(string Text, Expression? Value);
