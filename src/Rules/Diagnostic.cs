namespace IoTGateway.Rules;

/// <summary>Something wrong in a file, told so that the operator can mend it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="IsError">An error refuses the set; a warning does not.</param>
/// <param name="Code">A permanent code, for example R040.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="SourceLine">The line as written; empty if there is none.</param>
/// <param name="Length">How many characters are meant, at least 1.</param>
/// <param name="Help">What to do; null if there is nothing to suggest.</param>
public sealed record Diagnostic(
    string File, int Line, int Column, bool IsError, string Code, string Message, string SourceLine, int Length, string? Help)
{
    /// <summary><c>file:line:column: error CODE: message</c>, the source line, a caret and the help.</summary>
    public override string ToString() => throw new NotImplementedException();
}
