using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: an alert belongs to the patient and not to the bed. Method: a patient with an acknowledged alert is transferred at the board, and that is undone.</summary>
[Collection(BrowserTests.Name)]
public sealed class TransferTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Fact]
    public async Task Transfer_WithAnAcknowledgedAlert_TakesItAlongAndUndoBringsItBack()
    {
        await using var board = await OpenAsync();
        await Gateway.SendAsync("monitor-8", """{"spo2":84}""");
        var before = Alert(board, "ICU-8", "SpO2 low");
        await Button(before, "Acknowledge").ClickAsync();
        await Expect(before.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
        var episode = await before.GetAttributeAsync("data-episode");

        await using var patient = await OpenAsync("patient?id=p8");
        await Button(patient, "Transfer").ClickAsync();
        var dialog = patient.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("To").SelectOptionAsync(new SelectOptionValue { Label = "ICU-9 (ICU)" });
        await Button(dialog, "Transfer").ClickAsync();

        await ShowsAsync(board, "ICU-9", "ICU-8", episode!);
        await Expect(patient.Page.Locator("#patient-title")).ToHaveTextAsync("ICU-9 · p8");
        await Expect(patient.Page.Locator("#place")).ToContainTextAsync("ICU-9 in ICU");

        await Button(patient.Page.Locator("#place .steps li").First, "Undo").ClickAsync();
        await dialog.GetByLabel("Reason").FillAsync("Wrong bed");
        await Button(dialog, "Undo").ClickAsync();
        await ShowsAsync(board, "ICU-8", "ICU-9", episode!);
        Assert.Empty(board.Complaints.Concat(patient.Complaints));
    }

    private static async Task ShowsAsync(OpenPage board, string bed, string empty, string episode)
    {
        var alert = Alert(board, bed, "SpO2 low");
        await Expect(alert).ToHaveAttributeAsync("data-episode", episode);
        await Expect(alert.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "false");
        await Expect(board.Tile(bed).Locator(".patient")).ToHaveTextAsync("p8");
        await Expect(board.Tile(empty)).ToHaveAttributeAsync("data-condition", "empty");
        await Expect(board.Tile(empty).Locator(".alert")).ToHaveCountAsync(0);
    }
}
