namespace IoTGateway.Board.Api.Replies;

/// <summary>A mistake in a rule file, or a doubt.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where it is about the file.</param>
/// <param name="Column">The column, from 1; 0 where it is about the file.</param>
/// <param name="Length">How many characters it is about.</param>
/// <param name="Error">Whether it keeps the set from coming into force.</param>
/// <param name="Code">Its code.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What to do; absent for nothing.</param>
internal sealed record DiagnosticReply(string File, int Line, int Column, int Length, bool Error, string Code, string Message, string? Help);
