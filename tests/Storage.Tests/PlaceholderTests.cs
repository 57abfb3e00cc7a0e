namespace IoTGateway.Storage.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Assembly_Always_Loads() => Assert.NotNull(typeof(PlaceholderTests).Assembly);
}
