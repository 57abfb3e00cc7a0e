using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: what people measure counts like what devices send. Method: the form of the patient's page is filled in, and the tile is looked at in another window.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class ObservationFormTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Fact]
    public async Task Observation_EnteredCorrectedAndTakenBack_CompletesTheScoreAndChangesIt()
    {
        await using var board = await OpenAsync();
        await Gateway.SendAsync("monitor-7", """{"hr":80,"spo2":97,"rr":16,"sbp":120,"dbp":75}""");
        var score = board.Tile("ICU-7").Locator(".score");

        // The score is for adults: somebody has to say that this is one.
        await Expect(board.Tile("ICU-7").Locator(".scores-off")).ToHaveTextAsync("NEWS2 off: age unknown");
        await using var patient = await OpenAsync("patient?id=p7");
        await Button(patient, "Monitored signals").ClickAsync();
        var dialog = patient.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Counts among").SelectOptionAsync(new SelectOptionValue { Label = "adults" });
        await Button(dialog, "Change").ClickAsync();
        await Expect(board.Tile("ICU-7").Locator(".scores-off")).ToBeHiddenAsync();
        await Expect(score).ToHaveTextAsync("NEWS2 ≥ 0 incomplete");

        var form = patient.Page.Locator("#observe form");
        await form.GetByLabel("Temperature, °C").FillAsync("37.0");
        await form.GetByLabel("AVPU").SelectOptionAsync("A");
        await form.GetByLabel("Oxygen").SelectOptionAsync("off");
        await Button(form, "Record").ClickAsync();
        var row = patient.Page.Locator("#observe tbody tr");
        await Expect(row).ToContainTextAsync("Temperature 37.0 °C");
        await Expect(row).ToContainTextAsync("anna");
        await Expect(score).ToHaveTextAsync("NEWS2 0 low");
        await Expect(board.Cell("ICU-7", "temp")).ToContainTextAsync("37.0");

        await Button(row, "Correct").ClickAsync();
        await Expect(dialog.GetByLabel("Temperature, °C")).ToHaveValueAsync("37.0");
        await dialog.GetByLabel("Temperature, °C").FillAsync("39.5");
        await Button(dialog, "Correct").ClickAsync();
        await Expect(row).ToContainTextAsync("Temperature 39.5 °C");
        await Expect(row).ToContainTextAsync("version 2");
        await Expect(score).ToHaveTextAsync(Two());
        await Expect(board.Cell("ICU-7", "temp")).ToContainTextAsync("39.5");

        await Button(row, "Take back").ClickAsync();
        await dialog.GetByLabel("Reason").FillAsync("Wrong patient");
        await Button(dialog, "Take back").ClickAsync();
        await Expect(row).ToContainTextAsync("TAKEN BACK: Wrong patient");
        await Expect(score).ToHaveTextAsync(Incomplete());
        await Expect(board.Cell("ICU-7", "temp")).Not.ToContainTextAsync("39.5");
        Assert.Empty(board.Complaints.Concat(patient.Complaints));
    }

    /// <summary>Two points for the temperature; whether the score is called rising is not the matter here.</summary>
    [GeneratedRegex("^NEWS2 2 low( ▲ rising)?$")]
    private static partial Regex Two();

    [GeneratedRegex("^NEWS2 ≥ 0 incomplete( ▼ falling)?$")]
    private static partial Regex Incomplete();
}
