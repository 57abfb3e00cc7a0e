using System.Globalization;
using System.Text;
using IoTGateway.Tests.Support;

namespace IoTGateway.Readings.Tests;

public class SignalCatalogueTests
{
    [Theory]
    [InlineData("hr", "hr")]
    [InlineData("HR", "hr")]
    [InlineData("heart_rate", "hr")]
    [InlineData("Heart_Rate", "hr")]
    [InlineData("art_systolic_bp", "art_sbp")]
    [InlineData("avpu", "avpu")]
    public void Find_AnIdOrAlias_GivesTheSignal(string name, string id)
    {
        Assert.Equal(id, TestSignals.Catalogue.Find(name)?.Id);
        Assert.Equal(id, TestSignals.Catalogue.Find(Encoding.UTF8.GetBytes(name))?.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("hrr")]
    [InlineData("hr ")]
    [InlineData("heart-rate")]
    [InlineData("spö2")]
    public void Find_AnyOtherName_GivesNull(string name)
    {
        Assert.Null(TestSignals.Catalogue.Find(name));
        Assert.Null(TestSignals.Catalogue.Find(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Find_AVeryLongOrBrokenName_GivesNull()
    {
        Assert.Null(TestSignals.Catalogue.Find(Encoding.UTF8.GetBytes(new string('h', 65))));
        Assert.Null(TestSignals.Catalogue.Find([(byte)'h', (byte)'r', 0xFF]));
        Assert.Null(TestSignals.Catalogue.Find([0xC3]));
    }

    [Fact]
    public void Find_ANameOutsideAscii_IsFoundToo()
    {
        var catalogue = new SignalCatalogue([new Signal { Index = 0, Id = "temp", Name = "Temperature", Aliases = ["KÖRPERTEMPERATUR"] }]);

        Assert.Equal("temp", catalogue.Find("körpertemperatur")?.Id);
        Assert.Equal("temp", catalogue.Find("körpertemperatur"u8)?.Id);
    }

    [Fact]
    public void Find_AliasesOfManySignals_NeverMixesThem()
    {
        // More names than any table of small size has places, many with the same beginning and length.
        var signals = Enumerable.Range(0, 500)
            .Select(index => new Signal { Index = index, Id = Name("sig", index), Name = "x", Aliases = [Name("alias_of_a_long_name_", index)] });
        var catalogue = new SignalCatalogue([.. signals]);

        for (var index = 0; index < 500; index++)
        {
            Assert.Equal(index, catalogue.Find(Encoding.UTF8.GetBytes(Name("SIG", index)))!.Index);
            Assert.Equal(index, catalogue.Find(Encoding.UTF8.GetBytes(Name("alias_OF_a_long_name_", index)))!.Index);
            Assert.Null(catalogue.Find(Encoding.UTF8.GetBytes(Name("sag", index))));
        }

        static string Name(string stem, int index) => stem + index.ToString("D3", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void New_WithAnIndexThatIsNotItsPlace_Throws()
    {
        var failure = Assert.Throws<ArgumentException>(() => new SignalCatalogue([new Signal { Index = 1, Id = "hr", Name = "Heart rate" }]));

        Assert.Contains("'hr'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_WithANameUsedTwice_ThrowsNamingBothSignals()
    {
        var failure = Assert.Throws<ArgumentException>(() => new SignalCatalogue(
        [
            new Signal { Index = 0, Id = "hr", Name = "Heart rate", Aliases = ["rate"] },
            new Signal { Index = 1, Id = "rr", Name = "Respiration", Aliases = ["RATE"] },
        ]));

        Assert.Contains("'hr'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'rr'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_OfTheTestSignals_CoverTheMetricsOfTheRecordings()
    {
        // Saturation of a blood sample, the inspired fraction and a ventilator's state are no signals of the gateway.
        string[] unknown = ["sao2", "fio2_fraction", "mech_vent"];
        foreach (var file in new[] { "challenge2012_48h.csv", "mimic2_s00001_1min.csv", "mimic_1p024s_hour.csv" })
        {
            var metrics = File.ReadLines(Repository.PathOf("tests/data/vitals/" + file)).Skip(1).Select(line => line.Split(',')[2]).Distinct();
            Assert.All(metrics.Except(unknown), metric => Assert.NotNull(TestSignals.Catalogue.Find(metric)));
        }
    }
}
