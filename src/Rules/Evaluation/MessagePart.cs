namespace IoTGateway.Rules.Evaluation;

/// <summary>A piece of a message: text, a number, or the age of a signal.</summary>
/// <param name="Text">The text; empty for the others.</param>
/// <param name="Number">The number, if it is one.</param>
/// <param name="AgeOf">The signal whose age is meant, if it is one; of a signal never heard, since when it is waited for.</param>
internal sealed record MessagePart(string Text, Operand? Number = null, int? AgeOf = null);
