using System.Net;
using System.Text.Json.Nodes;
using IoTGateway.Alerts.Census;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Api;

/// <summary>Observations, census, limits and reports.</summary>
public class CareApiTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly NightScene _scene;

    public CareApiTests() => _scene = new NightScene(_clock);

    [Fact]
    public async Task Observation_Recorded_IsReadWithLettersAndSwitches()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/observations", """{"patient":"P-1018","taken":"2026-11-22T21:00:00Z","values":[{"signal":"temp","value":"37.2"},{"signal":"avpu","value":"v"},{"signal":"o2","value":"on"}],"note":"by mask","by":"anna"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["37.2", "V", "on"], reply["observation"]!["values"]!.AsArray().Select(value => (string?)value!["text"]));
        var (_, list) = await host.GetAsync("api/patients/P-1018/observations");
        Assert.Equal("by mask", (string?)Assert.Single(list["observations"]!.AsArray())!["note"]);
    }

    [Theory]
    [InlineData("""{"signal":"temp","value":"37,2"}""", "number with a point")]
    [InlineData("""{"signal":"avpu","value":"X"}""", "one of the letters A, C, V, P, U")]
    [InlineData("""{"signal":"o2","value":"much"}""", "\"on\", \"off\" or a number")]
    [InlineData("""{"signal":"gcs","value":"7.5"}""", "GCS counts whole points: it cannot be '7.5'")]
    [InlineData("""{"signal":"hr","value":"Infinity"}""", "number with a point")]
    [InlineData("""{"signal":"mood","value":"1"}""", "no signal 'mood'")]
    [InlineData("""{"signal":"temp","value":"37"},{"signal":"temp","value":"38"}""", "may be there once")]
    public async Task Observation_ImpossibleValue_Is400AndNamesIt(string values, string words)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/observations", $$"""{"patient":"P-1018","values":[{{values}}],"by":"anna"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Empty(_scene.Gateway.Observations.Of("P-1018"));
    }

    [Fact]
    public async Task Observation_FlowAndFractions_AreShownAsGiven()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync("api/observations", """{"patient":"P-1018","values":[{"signal":"o2","value":"2"},{"signal":"hr","value":"72.5"},{"signal":"temp","value":"37"},{"signal":"gcs","value":"14"}],"by":"anna"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([("2", "L/min"), ("72.5", "bpm"), ("37.0", "°C"), ("14", "")], reply["observation"]!["values"]!.AsArray().Select(value => ((string)value!["text"]!, (string)value["unit"]!)));
    }

    [Fact]
    public async Task Observation_CorrectedWithoutATimeAndANote_KeepsThem()
    {
        await using var host = await _scene.StartAsync(_clock);
        var before = _scene.Gateway.Observations.Of("P-1007").Single(each => each.Id == "obs-2");

        var (status, _) = await host.PostAsync("api/observations/obs-2/correct", """{"values":[{"signal":"temp","value":"38.2"}],"revision":1,"by":"anna"}""");

        var after = _scene.Gateway.Observations.Of("P-1007").Single(each => each.Id == "obs-2");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((before.Taken, "4 L/min by mask", 2), (after.Taken, after.Note, after.Revision));
    }

    [Fact]
    public async Task Observation_CorrectedThenCorrectedFromTheOldVersion_Is409()
    {
        await using var host = await _scene.StartAsync(_clock);
        const string Correction = """{"patient":"P-1007","values":[{"signal":"temp","value":"38.2"}],"revision":1,"by":"anna"}""";

        var (first, _) = await host.PostAsync("api/observations/obs-1/correct", Correction);
        var (second, reply) = await host.PostAsync("api/observations/obs-1/correct", Correction);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first, second));
        Assert.Contains("Look again", (string?)reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observation_Retracted_StaysInTheListWithItsReason()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, _) = await host.PostAsync("api/observations/obs-1/retract", """{"revision":1,"reason":"wrong patient","by":"anna"}""");

        var (_, list) = await host.GetAsync("api/patients/P-1007/observations");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(list["observations"]!.AsArray(), each => (string?)each!["retracted"] == "wrong patient");
    }

    /// <summary>What is ordered about who is where, as the interface hears it and as the gateway is told.</summary>
    public static TheoryData<string, string, CensusOrder> Orders => new()
    {
        { "api/patients/P-1007/transfer", """{"ward":"ICU","bed":"ICU-6","by":"anna"}""", new TransferPatient("P-1007", "ICU", "ICU-6") },
        { "api/patients/P-1007/discharge", """{"reason":"home","by":"anna"}""", new DischargePatient("P-1007", "home") },
        { "api/devices/mon-102/move", """{"by":"anna"}""", new MoveDevice("mon-102", "", "") },
        { "api/census/changes/7/undo", """{"reason":"wrong bed","by":"anna"}""", new UndoChange(7, "wrong bed") },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Census_Ordered_IsGivenAsThatOrder(string path, string body, CensusOrder expected)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, _) = await host.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, Assert.Single(_scene.Gateway.Census.Given));
    }

    [Theory]
    [InlineData("api/census/admit", """{"ward":"ICU","bed":"ICU-6","by":"anna"}""", "Name the patient")]
    [InlineData("api/census/admit", """{"ward":"ICU","bed":"ICU-6","patient":"p","population":"alien","by":"anna"}""", "population")]
    [InlineData("api/devices/d/move", """{"ward":"ICU","by":"anna"}""", "ward and bed, or neither")]
    [InlineData("api/census/import", """{"by":"anna"}""", "apply")]
    public async Task Census_Incomplete_Is400WithASentence(string path, string body, string words)
    {
        await using var host = await _scene.StartAsync(_clock);

        var (status, reply) = await host.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, (string?)reply["detail"], StringComparison.Ordinal);
        Assert.Empty(_scene.Gateway.Census.Given);
    }

    [Fact]
    public async Task Limits_Asked_TellWhatCountsAndWhatMayBeSet()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (_, reply) = await host.GetAsync("api/patients/P-1041/limits");

        var limits = reply["limits"]!.AsArray();
        var changed = Assert.Single(limits, limit => limit!["atBedside"] is not null)!;
        Assert.Equal(("spo2_low", 88, 90, "%"), ((string?)changed["limit"], (double)changed["value"]!, (double)changed["fromFiles"]!, (string?)changed["unit"]));
        Assert.Null(Assert.Single(limits, limit => (string?)limit!["limit"] == "temp_high")!["lowest"]);
    }

    [Fact]
    public async Task History_MoreThanAPage_LeadsToTheNext()
    {
        await using var host = await _scene.StartAsync(_clock);
        var seen = new List<long>();
        JsonNode? before = null;
        do
        {
            var (_, page) = await host.GetAsync("api/alerts/history?most=7&from=2026-11-20T00:00:00Z" + (before is null ? "" : $"&before={before}"));
            seen.AddRange(page["episodes"]!.AsArray().Select(each => (long)each!["number"]!));
            before = page["before"];
        }
        while (before is not null);

        Assert.Equal(_scene.Gateway.Archive.Episodes.Select(each => each.Number).OrderDescending(), seen);
    }

    [Fact]
    public async Task History_Filtered_AsksTheArchiveForThat()
    {
        await using var host = await _scene.StartAsync(_clock);

        await host.GetAsync("api/alerts/history?ward=ICU&priority=high&kind=technical&acknowledged=false&alert=SpO2%20low&patient=P-1007");

        var filter = _scene.Gateway.Archive.Filter!;
        Assert.Equal(("ICU", "P-1007", "SpO2 low", false), (filter.Ward, filter.Patient, filter.Alert, filter.Acknowledged));
        Assert.Equal((Rules.AlertPriority.High, Rules.AlertKind.Technical), (filter.Priority, filter.Kind));
    }

    [Fact]
    public async Task HandOver_Asked_TellsPerBedWhatWasAndWhatIsDue()
    {
        await using var host = await _scene.StartAsync(_clock);

        var (_, reply) = await host.GetAsync("api/handover?ward=ICU");

        var beds = reply["beds"]!.AsArray();
        var second = Assert.Single(beds, bed => (string?)bed!["patient"]!["bed"] == "ICU-2")!;
        Assert.Equal(7, beds.Count);
        Assert.NotEmpty(second["entries"]!.AsArray());
        Assert.NotEmpty(second["alerts"]!.AsArray());
        Assert.Equal("sbp", (string?)Assert.Single(second["due"]!.AsArray())!["signal"]);
    }

    [Fact]
    public async Task HandOver_DeviceAlarmsAtAnEmptyBed_IsTold()
    {
        var ward = new FakeWard(_clock);
        var bed = ward.Add(new FakeBed("ICU", "ICU-1", null, "mon-1"));
        bed.Alert(bed.NewAlert("SpO2 low", Rules.AlertPriority.High, ward.Now));
        ward.Add(new FakeBed("ICU", "ICU-2", null));
        await using var host = await BoardHost.StartAsync(ward, _clock);

        var (_, reply) = await host.GetAsync("api/handover?ward=ICU");

        var told = Assert.Single(reply["beds"]!.AsArray())!["patient"]!;
        Assert.Equal(("ICU-1", null, "SpO2 low"), ((string?)told["bed"], (string?)told["patient"], (string?)Assert.Single(told["alerts"]!.AsArray())!["alert"]));
    }

    [Theory]
    [InlineData("api/load")]
    [InlineData("api/alerts/history")]
    [InlineData("api/patients/P-1007/timeline")]
    [InlineData("api/patients/P-1007/observations")]
    [InlineData("api/rules/files")]
    [InlineData("api/queues/consumers")]
    [InlineData("api/devices/rejects")]
    public async Task Get_PartIsMissingInThisGateway_Is404InWords(string path)
    {
        await using var host = await BoardHost.StartAsync(_scene.Ward, _clock);

        var (status, reply) = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Matches("^[A-Z].* .*[.:a-z-]$", (string?)reply["detail"]);
    }
}
