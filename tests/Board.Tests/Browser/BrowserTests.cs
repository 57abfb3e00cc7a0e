namespace IoTGateway.Board.Tests.Browser;

/// <summary>Browser tests run one after another and by themselves: they measure how soon a person sees something.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests
{
    public const string Name = "Browser";
}
