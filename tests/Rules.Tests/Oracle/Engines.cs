namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>The two programs that are written from docs/rule-semantics.md; one set of expectations holds for both.</summary>
internal static class Engines
{
    public const string Oracle = "oracle";
    public const string Engine = "engine";
}
