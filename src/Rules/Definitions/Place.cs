namespace IoTGateway.Rules.Definitions;

/// <summary>Where something is declared.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
public readonly record struct Place(string File, int Line)
{
    /// <summary>As it stands in errors and explanations: <c>10-adult.yaml:14</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}
