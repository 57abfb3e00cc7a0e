namespace IoTGateway.Readings.Tests;

public class LevelNameTests
{
    [Theory]
    [InlineData("p1", null)]
    [InlineData("Bett 4 (Süd)", null)]
    [InlineData("", "is empty")]
    [InlineData("a/b", "has a '/', which cannot stand in the level of an MQTT topic")]
    [InlineData("a+", "has a '+', which cannot stand in the level of an MQTT topic")]
    [InlineData("#", "has a '#', which cannot stand in the level of an MQTT topic")]
    [InlineData("a\u0007b", "has a control character")]
    [InlineData(".", "is no name: an address that ends with it means another one")]
    [InlineData("..", "is no name: an address that ends with it means another one")]
    [InlineData("...", null)]
    [InlineData("a\u200Bb", "has a character that cannot be seen")]
    [InlineData("\u202Ea", "has a character that cannot be seen")]
    [InlineData(" a", "has a blank at its beginning or end")]
    [InlineData("a ", "has a blank at its beginning or end")]
    public void FaultOf_Name_SaysWhatIsWrong(string name, string? expected) => Assert.Equal(expected, LevelName.FaultOf(name));

    [Fact]
    public void FaultOf_Length_AllowsSixtyFour()
    {
        Assert.Null(LevelName.FaultOf(new string('a', 64)));
        Assert.Equal("has 65 characters; it may have 64", LevelName.FaultOf(new string('a', 65)));
    }
}
