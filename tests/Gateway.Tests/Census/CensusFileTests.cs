using IoTGateway.Census;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Gateway.Tests.Census;

public class CensusFileTests
{
    private static readonly SignalCatalogue Catalogue = new(
    [
        new Signal { Index = 0, Id = "hr", Name = "Heart rate", Aliases = ["heart_rate"] },
        new Signal { Index = 1, Id = "spo2", Name = "SpO2" },
        new Signal { Index = 2, Id = "rr", Name = "Respiration" },
        new Signal { Index = 3, Id = "battery", Name = "Battery", OfDevice = true },
    ]);

    [Fact]
    public void Load_AFullFile_GivesTheCensus()
    {
        var census = Loaded(
            """
            # The intensive care unit.
            version: 1
            wards:
              - ward: ICU
                monitored: [hr, spo2]
                beds:
                  - { bed: ICU-1, patient: p1, devices: [monitor-1, pump-1], tags: [spo2-scale-2], monitored: [heart_rate, rr] }
                  - { bed: ICU-2 }        # an empty bed
                  - bed: ICU-3
                    patient: "p 3"
                    devices:
                      - monitor-3
              - ward: 4b
                beds:
                  - { bed: ICU-1, patient: p4, monitored: [] }
                  - { bed: 2, patient: ~, devices: }
            """);

        WardCensus expected = new(
        [
            new Bed("ICU-1", "ICU", "p1", ["monitor-1", "pump-1"], ["spo2-scale-2"], ["hr", "rr"]),
            new Bed("ICU-2", "ICU", null, [], [], ["hr", "spo2"]),
            new Bed("ICU-3", "ICU", "p 3", ["monitor-3"], [], ["hr", "spo2"]),
            new Bed("ICU-1", "4b", "p4", [], [], []),
            new Bed("2", "4b", null, [], [], []),
        ]);
        Assert.Equal(expected, census);
    }

    [Fact]
    public void Load_Population_OfTheBedElseOfTheWard()
    {
        var census = Loaded(
            """
            version: 1
            wards:
              - ward: ICU
                population: adults
                monitored: []
                beds:
                  - { bed: 1, patient: p1 }
                  - { bed: 2, patient: p2, population: pregnant }
                  - { bed: 3, patient: p3, population: ~ }
              - ward: 4b
                monitored: []
                beds:
                  - { bed: 4, patient: p4 }
            """);

        Assert.Equal(["adults", "pregnant", "", ""], census.Beds.Select(bed => bed.Population));
    }

    [Fact]
    public void Load_UnknownPopulation_IsAnErrorWithHelp()
    {
        var error = Assert.Single(CensusFile.Load("census.yaml", Wards("{ bed: 1, population: adult }"), Catalogue).Diagnostics);

        Assert.Contains("C013", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("adults", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: 1\nwards: []")]
    [InlineData("version: 1\nwards:\n")]
    [InlineData("\uFEFF---\nwards: []\nversion: 1\n...\n")]
    [InlineData("version: 1\r\nwards:\r\n  - ward: ICU\r\n    beds: []\r\n")]
    public void Load_AFileWithoutBeds_GivesAnEmptyCensus(string text) => Assert.Equal(WardCensus.Empty, Loaded(text));

    [Fact]
    public void Load_WithoutACatalogue_LetsAnySignalPass()
    {
        var result = CensusFile.Load("census.yaml", Wards("{ bed: 1, monitored: [hr, whatever] }"), catalogue: null);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["hr", "whatever"], result.Census!.Beds[0].Monitored);
    }

    [Theory]
    [InlineData("", 1, 1, "C006", "the file is empty")]
    [InlineData("# only a comment\n", 1, 1, "C006", "the file is empty")]
    [InlineData("just text", 1, 1, "C003", "the file must consist of keys with values")]
    [InlineData("- ward: ICU", 1, 1, "C003", "the file must consist of keys with values")]
    [InlineData("wards: []", 1, 1, "C006", "`version` is missing")]
    [InlineData("version: 1", 1, 1, "C006", "`wards` is missing")]
    [InlineData("version: 2\nwards: []", 1, 10, "C007", "this is no version that can be read; this gateway reads version 1")]
    [InlineData("version: [1]\nwards: []", 1, 10, "C007", "this is no version that can be read; this gateway reads version 1")]
    [InlineData("version: 1\nward: []\nwards: []", 2, 1, "C004", "'ward' is not something the file can have")]
    [InlineData("version: 1\nwards: []\nwards: []", 3, 1, "C005", "`wards` stands twice here")]
    [InlineData("version: 1\nwards: ICU", 2, 8, "C003", "`wards` must be a list")]
    [InlineData("version: 1\nwards: { ward: ICU }", 2, 8, "C003", "`wards` must be a list")]
    [InlineData("version: 1\nwards: [ICU]", 2, 9, "C003", "a ward must consist of keys with values")]
    [InlineData("version: 1\nwards:\n  - beds: []", 3, 5, "C006", "`ward` is missing")]
    [InlineData("version: 1\nwards:\n  - ward:\n    beds: []", 3, 10, "C006", "`ward` is missing")]
    [InlineData("version: 1\nwards:\n  - ward: ICU", 3, 5, "C006", "the ward has no `beds`")]
    [InlineData("version: 1\nwards:\n  - { ward: unassigned, beds: [] }", 3, 13, "C008", "'unassigned' is the ward of the devices that stand at no bed")]
    [InlineData("version: 1\nwards:\n  - { ward: A, beds: [] }\n  - { ward: A, beds: [] }", 4, 13, "C009", "the ward 'A' stands twice: it is also in line 3")]
    [InlineData("version: 1\nwards: &all []", 2, 8, "C002", "anchors (&name) and tags (!name) are not read here")]
    [InlineData("version: !!int 1\nwards: []", 1, 10, "C002", "anchors (&name) and tags (!name) are not read here")]
    [InlineData("version: 1\nwards: []\n---\nversion: 1", 3, 1, "C002", "a second document begins here")]
    [InlineData("version: 1\n? [a]\n: b\nwards: []", 2, 3, "C003", "a key must be a word")]
    public void Load_AWrongFile_NamesThePlace(string text, int line, int column, string code, string message) =>
        AssertOnlyError(text, line, column, code, message);

    [Theory]
    [InlineData("B1", 5, 9, "C003", "a bed must consist of keys with values")]
    [InlineData("{ patient: p1, monitored: [] }", 5, 9, "C006", "`bed` is missing")]
    [InlineData("{ bed: [1] }", 5, 16, "C003", "the bed must be a single name")]
    [InlineData("{ bed: 1, devices: monitor-1 }", 5, 28, "C003", "`devices` must be a list")]
    [InlineData("{ bed: 1, devices: [[a]] }", 5, 29, "C003", "the device must be a single name")]
    [InlineData("{ bed: 1, tags: { a: b } }", 5, 25, "C003", "`tags` must be a list")]
    [InlineData("{ bed: 1, monitored: hr }", 5, 30, "C003", "`monitored` must be a list")]
    [InlineData("{ bed: 1, pateint: p1 }", 5, 19, "C004", "'pateint' is not something a bed can have")]
    [InlineData("{ bed: 1, monitored: [spo] }", 5, 31, "C010", "there is no signal named 'spo'")]
    [InlineData("{ bed: 1, monitored: [battery] }", 5, 31, "C014", "'battery' tells of the device, not of the patient: it cannot be monitored")]
    [InlineData("{ bed: 1/2 }", 5, 16, "C008", "the name of the bed has a '/', which cannot stand in the level of an MQTT topic")]
    [InlineData("{ bed: 1, devices: [m+1] }", 5, 29, "C008", "the name of the device has a '+', which cannot stand in the level of an MQTT topic")]
    [InlineData("{ bed: 1, patient: p#1, monitored: [] }", 5, 28, "C008", "the name of the patient has a '#', which cannot stand in the level of an MQTT topic")]
    [InlineData("{ bed: 1, patient: \"\", monitored: [] }", 5, 28, "C008", "the name of the patient is empty")]
    [InlineData("{ bed: 1, tags: [\"a\\tb\"] }", 5, 26, "C008", "the name of the tag has a control character")]
    [InlineData("{ bed: \" 1\" }", 5, 16, "C008", "the name of the bed has a blank at its beginning or end")]
    [InlineData("{ bed: 12345678901234567890123456789012345678901234567890123456789012345 }", 5, 16, "C008", "the name of the bed has 65 characters; it may have 64")]
    [InlineData("{ bed: 1, devices: [m, m] }", 5, 32, "C009", "the device 'm' stands twice: it is also in line 5")]
    [InlineData("{ bed: 1, devices: *m }", 5, 28, "C002", "aliases (*name) are not read here")]
    public void Load_AWrongBed_NamesThePlace(string bed, int line, int column, string code, string message) =>
        AssertOnlyError(Wards(bed), line, column, code, message);

    [Theory]
    [InlineData("{ bed: 1 }", "{ bed: 1 }", 6, 16, "the bed '1' stands twice: it is also in line 5")]
    [InlineData("{ bed: 1, patient: p, monitored: [] }", "{ bed: 2, patient: p, monitored: [] }", 6, 28, "the patient 'p' stands twice: it is also in line 5")]
    [InlineData("{ bed: 1, devices: [m] }", "{ bed: 2, devices: [n, m] }", 6, 32, "the device 'm' stands twice: it is also in line 5")]
    [InlineData("{ bed: 1, devices: [m] }", "{ bed: 2, patient: m, monitored: [] }", 6, 28, "the patient 'm' has the name of a device at another bed (line 5)")]
    public void Load_TwoBedsThatContradict_NamesBothPlaces(string first, string second, int line, int column, string message) =>
        AssertOnlyError(Wards(first, second), line, column, "C009", message);

    [Fact]
    public void Load_APatientNamedAsItsOwnDevice_IsFine() =>
        Assert.Equal("m", Loaded(Wards("{ bed: 1, patient: m, devices: [m], monitored: [] }")).AssignmentOf("m").Patient);

    [Theory]
    [InlineData("{ bed: 1, pateint: p1 }", "did you mean `patient`?")]
    [InlineData("{ bed: 1, colour: red }", "the keys are `bed`, `patient`, `population`, `devices`, `tags`, `monitored`")]
    [InlineData("{ bed: 1, monitored: [spo] }", "did you mean `spo2`?")]
    [InlineData("{ bed: 1, monitored: [heartrate] }", "did you mean `heart_rate`?")]
    [InlineData("{ bed: 1, monitored: [haemoglobin] }", "the signals are declared in 00-signals.yaml of the rules directory")]
    [InlineData("{ bed: 1, devices: monitor-1 }", "write a list of names, for example `[monitor-1]`")]
    public void Load_AWrongBed_HelpsToMendIt(string bed, string help) => Assert.Equal(help, Assert.Single(Load(Wards(bed)).Diagnostics).Help);

    [Fact]
    public void Load_SeveralErrors_GivesAllInTheOrderOfTheFile()
    {
        var result = Load(
            """
            version: 3
            wards:
              - ward: ICU
                color: red
                beds:
                  - { bed: a/b, patient: p1, devices: [m], monitored: [] }
                  - { bed: c, patient: p1, devices: [m], monitored: [pulse] }
                  - c
            """);

        Assert.Null(result.Census);
        Assert.Equal([(1, "C007"), (4, "C004"), (6, "C008"), (7, "C009"), (7, "C009"), (7, "C010"), (8, "C003")], result.Diagnostics.Select(error => (error.Line, error.Code)));
    }

    [Fact]
    public void Load_AnError_ShowsTheLineAndWhatIsMeant()
    {
        var error = Assert.Single(Load(Wards("{ bed: 1, monitored: [spo] }")).Diagnostics);

        Assert.Equal("census.yaml", error.File);
        Assert.True(error.IsError);
        Assert.Equal("      - { bed: 1, monitored: [spo] }", error.SourceLine);
        Assert.Equal("spo", error.SourceLine.Substring(error.Column - 1, error.Length));
    }

    [Fact]
    public void Load_APatientOfWhomNothingIsExpected_Warns()
    {
        var result = Load(Wards("{ bed: 1, patient: p1, devices: [m] }", "{ bed: 2, patient: p2, monitored: [] }", "{ bed: 3, devices: [n] }"));

        var warning = Assert.Single(result.Diagnostics);
        Assert.False(warning.IsError);
        Assert.Equal((5, 28, "C011"), (warning.Line, warning.Column, warning.Code));
        Assert.Equal(3, result.Census!.Beds.Length);
    }

    [Fact]
    public void Load_AWordTwiceInAList_WarnsAndKeepsOne()
    {
        var result = Load(Wards("{ bed: 1, tags: [a, b, a], monitored: [hr, heart_rate] }"));

        Assert.Equal(["C012", "C012"], result.Diagnostics.Select(warning => warning.Code));
        Assert.DoesNotContain(result.Diagnostics, warning => warning.IsError);
        Assert.Equal(["a", "b"], result.Census!.Beds[0].Tags);
        Assert.Equal(["hr"], result.Census.Beds[0].Monitored);
    }

    [Theory]
    [InlineData("version: 1\nwards:\n\t- ward: ICU", 3)]
    [InlineData("version: 1\nwards: [", 2)]
    [InlineData("version: 1\nwards: \"ICU", 2)]
    [InlineData("version: 1\n wards: []", 2)]
    [InlineData("version: 1\nwards: ]", 2)]
    [InlineData("@version: 1", 1)]
    [InlineData("version: 1\nwards:\n  - { ward: ICU, beds: [ }", 3)]
    public void Load_WhatIsNoYaml_SaysAboutWhere(string text, int line)
    {
        var result = Load(text);

        Assert.Null(result.Census);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal("C001", error.Code);
        Assert.InRange(error.Line, line, line + 1);
        Assert.StartsWith("this is no YAML: ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Help);
    }

    [Fact]
    public void Load_ATabInTheIndentation_IsShown()
    {
        var error = Assert.Single(Load("version: 1\nwards:\n\t- ward: ICU\n").Diagnostics);

        Assert.Equal((3, 1, "C001"), (error.Line, error.Column, error.Code));
        Assert.Equal("this is no YAML: a tab stands in the indentation", error.Message);
    }

    [Fact]
    public void Load_AnyBeginningOfAFile_NeverThrows()
    {
        var text = Wards("{ bed: 'ICU-1', patient: \"p1\", devices: [monitor-1, n], tags: [x], monitored: [hr] }", "bed: |\n          x\n        tags: !t &a [*a]");
        for (var length = 0; length < text.Length; length++)
        {
            var result = Load(text[..length]);
            Assert.Equal(result.Census is null, result.Diagnostics.Any(diagnostic => diagnostic.IsError));
        }
    }

    [Fact]
    public void Load_DeepNesting_IsRefused()
    {
        var error = Assert.Single(Load("version: 1\nwards: " + new string('[', 300) + new string(']', 300)).Diagnostics, error => error.Code == "C002");

        Assert.Equal("this nests deeper than 16 levels", error.Message);
    }

    [Fact]
    public void Load_AFileTooLarge_IsRefused()
    {
        var error = Assert.Single(Load("version: 1\nwards: [] #" + new string('x', 512 * 1024)).Diagnostics);

        Assert.Equal("C002", error.Code);
    }

    [Fact]
    public void Load_VeryManyErrors_StopsAtAHundred()
    {
        var result = Load(Wards([.. Enumerable.Repeat("{ bed: 1 }", 500)]));

        Assert.Equal(101, result.Diagnostics.Length);
        Assert.Equal("C099", result.Diagnostics[^1].Code);
    }

    private static string Wards(params string[] beds) =>
        "version: 1\nwards:\n  - ward: ICU\n    beds:\n" + string.Concat(beds.Select(bed => $"      - {bed}\n"));

    private static CensusFileResult Load(string text) => CensusFile.Load("census.yaml", text, Catalogue);

    private static WardCensus Loaded(string text)
    {
        var result = Load(text);
        Assert.Empty(result.Diagnostics);
        return Assert.IsType<WardCensus>(result.Census);
    }

    private static void AssertOnlyError(string text, int line, int column, string code, string message)
    {
        var result = Load(text);
        Assert.Null(result.Census);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal((line, column, code, message), (error.Line, error.Column, error.Code, error.Message));
    }
}
