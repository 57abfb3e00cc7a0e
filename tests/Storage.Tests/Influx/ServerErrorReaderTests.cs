using System.Text;
using IoTGateway.Storage.Influx;

namespace IoTGateway.Storage.Tests.Influx;

public class ServerErrorReaderTests
{
    [Theory]
    [InlineData("""{"error":"e"}""", "application/json", null, "e")]
    [InlineData("""{"error":"e"}""" + "\n", "application/json", "of the header", "e")]
    [InlineData("""{"code":"invalid","message":"m"}""", "application/json", null, "m")]
    [InlineData("""{"code":7,"message":null}""", "application/json", "of the header", "of the header")]
    [InlineData("[1]", "application/json", null, null)]
    [InlineData("", null, "of the header", "of the header")]
    [InlineData("", null, null, null)]
    [InlineData("plain words\n", "text/plain", null, "plain words")]
    [InlineData("<html>Sign in</html>", "text/html", null, null)]
    [InlineData("""{"error":"cut o""", "application/json", null, null)]
    public void Read_AnAnswer_HasTheServersWords(string body, string? mediaType, string? header, string? words)
    {
        var error = ServerErrorReader.Read(Encoding.UTF8.GetBytes(body), mediaType, header);

        Assert.Equal(words, error.Words);
        Assert.Empty(error.Lines);
    }

    [Fact]
    public void Read_NamedLines_AreThoseThatHaveANumber()
    {
        var error = ServerErrorReader.Read(
            """
            {"error":"partial write of line protocol occurred","data":[
              {"original_line":"vitals hr=","line_number":2,"error_message":"no value"}, {"line_number":7}, {"line_number":0}, {"line_number":1.5}, {"line_number":"3"}, 5, null,
              {"line_number":99999999999}]}
            """u8,
            "application/json",
            header: null);

        Assert.Equal([new NamedLine(2, "vitals hr=", "no value"), new NamedLine(7, "", "refused without a reason")], error.Lines);
    }
}
