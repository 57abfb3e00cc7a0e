using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Copying;
using IoTGateway.Tests.Support;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Copying;

public sealed class CopyPlaceFileTests : IDisposable
{
    private static readonly CopyPlace Place = new(new StorePlace("m1", Noon), 400, 3);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_NewFile_IsNull()
    {
        using var file = Open("a");
        Assert.Null(file.Read());
    }

    [Fact]
    public void Read_OpenedAgain_IsTheLastThatWasWritten()
    {
        using (var file = Open("a"))
        {
            file.Write(Place with { Copied = 200 });
            file.Write(Place);
        }

        using var again = Open("a");
        Assert.Equal(Place, again.Read());
    }

    [Fact]
    public void Read_OtherTarget_IsNull()
    {
        using (var file = Open("a"))
        {
            file.Write(Place);
        }

        using var other = Open("b");
        Assert.Null(other.Read());
        other.Write(Place with { Copied = 1 });
        Assert.Equal(1, other.Read()?.Copied);
    }

    [Fact]
    public void Read_Forgotten_IsNull()
    {
        using var file = Open("a");
        file.Write(Place);
        file.Forget();
        Assert.Null(file.Read());
    }

    [Fact]
    public async Task Open_Damaged_SaysWhatItIsFor()
    {
        await File.WriteAllTextAsync(_directory["copy.db"], new string('x', 8_192), TestContext.Current.CancellationToken);
        var failure = Assert.Throws<StoreException>(() => Open("a"));
        Assert.Contains("copy.db", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Without it a copy begins anew", failure.Message, StringComparison.Ordinal);
    }

    private CopyPlaceFile Open(string target) => new(_directory["copy.db"], target);
}
