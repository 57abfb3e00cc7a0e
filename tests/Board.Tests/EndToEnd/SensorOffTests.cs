using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: a sensor that comes off is a fault of the measurement and never good news of the patient. Method: a device says so while an alert stands.</summary>
[Collection(BrowserTests.Name)]
public sealed class SensorOffTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Theory]
    [InlineData(4, """{"hr":0,"alarms":["Leads off"]}""")]
    [InlineData(5, """{"hr":null}""")]
    public async Task Sensor_Off_KeepsTheAlertOfThePatientAndAddsATechnicalOne(int place, string off)
    {
        var (bed, monitor) = ($"ICU-{place}", $"monitor-{place}");
        await using var open = await OpenAsync();
        await Gateway.SendAsync(monitor, """{"hr":140}""");
        var (ofPatient, technical) = (Alert(open, bed, "Heart rate high"), Alert(open, bed, "Heart rate not measured"));
        await Expect(ofPatient).ToBeVisibleAsync();
        var episode = await ofPatient.GetAttributeAsync("data-episode");

        await Gateway.SendAsync(monitor, off);
        await Expect(open.Cell(bed, "hr")).ToHaveAttributeAsync("data-state", "none");
        await Expect(open.Cell(bed, "hr").Locator(".number")).ToHaveTextAsync("--", new LocatorAssertionsToHaveTextOptions { UseInnerText = true });
        await Expect(open.Cell(bed, "hr").Locator(".note")).ToContainTextAsync("last 140 bpm at ");

        await Expect(technical).ToHaveAttributeAsync("data-technical", "true");
        await Expect(technical).ToContainTextAsync("TECHNICAL", new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        await Expect(ofPatient).ToHaveAttributeAsync("data-episode", episode!);
        await Expect(ofPatient).ToHaveAttributeAsync("data-technical", "false");
        await Expect(ofPatient.Locator(".unverified")).ToBeVisibleAsync();
        await Expect(open.Tile(bed).Locator(".alert")).ToHaveCountAsync(2);
        await Expect(open.Tile(bed)).Not.ToContainTextAsync("recovering");

        // On again: the technical alert is over, that of the patient is the same one and verified; then it ends as it should.
        await Gateway.SendAsync(monitor, """{"hr":141}""");
        await Expect(technical).ToBeHiddenAsync();
        await Expect(ofPatient.Locator(".unverified")).ToBeHiddenAsync();
        await Expect(ofPatient).ToHaveAttributeAsync("data-episode", episode!);
        await Gateway.SendAsync(monitor, """{"hr":80}""");
        await Expect(ofPatient).ToBeHiddenAsync();
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Sensor_ReadsNothingAndDoesNotSayWhy_SendsSomebodyToThePatient()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-6", """{"hr":140}""");
        var ofPatient = Alert(open, "ICU-6", "Heart rate high");
        await Expect(ofPatient).ToBeVisibleAsync();

        await Gateway.SendAsync("monitor-6", """{"hr":0}""");

        var nothing = Alert(open, "ICU-6", "No heart rate");
        await Expect(nothing).ToHaveAttributeAsync("data-priority", "high");
        await Expect(nothing).ToHaveAttributeAsync("data-technical", "true");
        await Expect(ofPatient).ToBeVisibleAsync();
    }
}
