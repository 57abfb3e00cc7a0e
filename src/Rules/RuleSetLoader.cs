namespace IoTGateway.Rules;

/// <summary>Turns rule files into a rule set, or into errors: all files or nothing.</summary>
public static class RuleSetLoader
{
    /// <summary>Checks and compiles the files, in ordinal order of their names.</summary>
    public static RuleSetResult Load(IReadOnlyCollection<RuleFile> files) => throw new NotImplementedException();
}
