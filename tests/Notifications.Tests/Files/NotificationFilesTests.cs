using System.Collections.Immutable;
using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;

namespace IoTGateway.Notifications.Tests.Files;

/// <summary>The two files: what they mean, and what is said of mistakes.</summary>
public sealed class NotificationFilesTests
{
    [Fact]
    public void Load_OfTheShippedSamples_HasNoErrorAndLeavesNoGap()
    {
        var result = NotificationFiles.Load(
            Sample("roster.yaml"), Sample("notifications.yaml"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new KnownNames(ShippedRules(), ["ICU"]), withSecrets: false);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(NotificationFiles.FindGaps(result.Plan!, new KnownNames(ShippedRules(), ["ICU"])));
    }

    [Theory]
    [InlineData("not yaml: [", "R001")]
    [InlineData("version: 2", "R007")]
    [InlineData("version: 1\npeople: x", "R006")]
    [InlineData("version: 1\npeople: [{ person: a, chanels: [pager] }]", "R050")]
    [InlineData("version: 1\npeople: [{ person: a }]", "R051")]
    [InlineData("version: 1\npeople: [{ person: a, channels: [pagr] }]", "N021")]
    [InlineData("version: 1\npeople: [{ person: a, channels: [mail] }]", "N011")]
    [InlineData("version: 1\npeople: [{ person: a, channels: [pager], backup: b }]", "N020")]
    [InlineData("version: 1\npeople: [{ person: a, channels: [pager], backup: b }, { person: b, channels: [pager], backup: a }]", "N026")]
    [InlineData("version: 1\npeople: [{ person: a, channels: [pager] }, { person: a, channels: [pager] }]", "N025")]
    [InlineData("version: 1\nroster: [{ ward: W, shifts: [{ from: 7:00, roles: { nurse: a } }] }]", "R051")]
    [InlineData("version: 1\nroster: [{ ward: W, shifts: [{ from: 7:00, to: 25:00, roles: { nurse: a } }] }]", "N010")]
    [InlineData("version: 1\nroster: [{ ward: W, shifts: [{ from: 7:00, to: 9:00, days: mno, roles: { nurse: a } }] }]", "N010")]
    [InlineData("version: 1\nroster: [{ ward: W, shifts: [{ from: 7:00, to: 9:00, roles: { nurse: [] } }] }]", "R006")]
    [InlineData("version: 1\nroster: [{ ward: W, shifts: [] }]", "R051")]
    public void Load_RosterWithAMistake_SaysWhatAndWhere(string roster, string code)
    {
        var found = TestPlan.Load(roster: roster).Diagnostics;
        Assert.Contains(found, diagnostic => diagnostic.Code == code && diagnostic.File == "roster.yaml" && diagnostic is { IsError: true, Line: >= 1, Column: >= 1 });
    }

    [Theory]
    [InlineData("channels: [{ channel: pager }]", "R051")]
    [InlineData("channels: [{ channel: a b, webhook: http://localhost }]", "R030")]
    [InlineData("channels: [{ channel: pager, webhook: not an address }]", "N011")]
    [InlineData("channels: [{ channel: pager, webhook: https://user:secret@localhost }]", "N012")]
    [InlineData("channels: [{ channel: pager, webhook: http://localhost, secret: hunter2 }]", "R006")]
    [InlineData("channels: [{ channel: pager, webhook: http://localhost, secret: { environment: IOTGATEWAY_TEST_NOT_SET } }]", "N012")]
    [InlineData("channels: [{ channel: pager, webhook: http://localhost, timeout: 2 min }]", "R021")]
    [InlineData("channels: [{ channel: pager, webhook: http://localhost, template: '{\"a\": ${text}}' }]", "N013")]
    [InlineData("channels: [{ channel: pager, webhook: http://localhost, template: '{\"a\": \"${txt}\"}' }]", "N013")]
    [InlineData("channels: [{ channel: mail, email: { server: localhost, from: nobody } }]", "N011")]
    [InlineData("channels: [{ channel: mail, email: { server: localhost, from: a@b.example, user: u } }]", "R051")]
    [InlineData("routes: [{ route: r }]", "R051")]
    [InlineData("routes: [{ route: r, notify: nurze }]", "N022")]
    [InlineData("routes: [{ route: r, persons: nobody }]", "N020")]
    [InlineData("routes: [{ route: r, notify: nurse, only for: { priority: hihg } }]", "R025")]
    [InlineData("routes: [{ route: r, notify: nurse, only for: { ward: IUC } }]", "N024")]
    [InlineData("routes: [{ route: r, notify: nurse, only for: { alert: SpO2 lwo } }]", "N023")]
    [InlineData("routes: [{ route: r, notify: nurse, only for: { from: 7:00 } }]", "R051")]
    [InlineData("routes: [{ route: r, notify: nurse, at: stage 10 }]", "R025")]
    [InlineData("default escalation: [{ not acknowledged in: 5, notify: nurse }]", "R021")]
    [InlineData("default escalation: [{ not acknowledged in: 5 min, notify: nurse }, { not acknowledged in: 2 min, notify: nurse }]", "R044")]
    [InlineData("flood guard: { pages a minute: 0 }", "R020")]
    [InlineData("grouping: { within: 1 h }", "R021")]
    [InlineData("heartbeat: { every: 10 s }", "R051")]
    public void Load_NotificationsWithAMistake_SaysWhatAndWhere(string notifications, string code)
    {
        var found = TestPlan.Load("version: 1\n" + notifications, known: new KnownNames(ShippedRules(), []), withSecrets: true).Diagnostics;
        Assert.Contains(found, diagnostic => diagnostic.Code == code && diagnostic.File == "notifications.yaml" && diagnostic is { IsError: true, Line: 2, Column: >= 1 });
    }

    [Fact]
    public void Load_WithSeveralMistakes_TellsAllOfThemWithSuggestions()
    {
        var found = TestPlan.Load(TestPlan.Notifications.Replace("notify: nurse,", "notify: nurs,", StringComparison.Ordinal), TestPlan.Roster.Replace("backup: n2", "backup: n3x", StringComparison.Ordinal)).Diagnostics;
        Assert.Equal(2, found.Length);
        Assert.Contains(found, diagnostic => diagnostic.Help == "did you mean `nurse`?");
    }

    [Theory]
    [InlineData("from: 22:00, to: 06:00, days: fri", "2026-11-27T22:00", true)] // Friday
    [InlineData("from: 22:00, to: 06:00, days: fri", "2026-11-28T05:59", true)] // Saturday morning belongs to Friday's shift.
    [InlineData("from: 22:00, to: 06:00, days: fri", "2026-11-28T06:00", false)]
    [InlineData("from: 22:00, to: 06:00, days: fri", "2026-11-27T05:00", false)]
    [InlineData("from: 07:00, to: 19:00, days: mon-fri", "2026-11-29T12:00", false)] // Sunday
    [InlineData("from: 07:00, to: 19:00, days: [sat, sun]", "2026-11-29T12:00", true)]
    [InlineData("from: 07:00, to: 19:00, days: sat-mon", "2026-11-30T12:00", true)]
    [InlineData("from: 00:00, to: 24:00", "2026-11-30T23:59", true)]
    [InlineData("from: 19:00, to: 19:00", "2026-11-30T18:00", true)]
    public void Who_AtATimeOfTheWeek_GoesByTheWallClock(string times, string local, bool isThere)
    {
        var plan = TestPlan.Make(roster: TestPlan.Roster + $"\n  - {{ ward: W, shifts: [{{ {times}, roles: {{ nurse: n1 }} }}] }}", zone: "Europe/Berlin");
        var zone = plan.Zone;
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(isThere, plan.Who("W", "nurse", Instant.From(new DateTimeOffset(time, zone.GetUtcOffset(time)))).Count == 1);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", "n1")] // 01:59 in winter time
    [InlineData("2026-03-29T01:00:00Z", "n2")] // 03:00 in summer time: the hour in between is not there.
    [InlineData("2026-10-25T00:30:00Z", "n1")] // 02:30 in summer time
    [InlineData("2026-10-25T01:30:00Z", "n1")] // 02:30 once more, in winter time
    [InlineData("2026-10-25T02:00:00Z", "n2")] // 03:00
    public void Who_WhenTheClockIsChanged_GoesByTheWallClock(string utc, string person)
    {
        var plan = TestPlan.Make(
            roster: TestPlan.Roster + "\n  - { ward: W, shifts: [{ from: 22:00, to: 03:00, roles: { nurse: n1 } }, { from: 03:00, to: 22:00, roles: { nurse: n2 } }] }", zone: "Europe/Berlin");
        Assert.Equal([person], plan.Who("W", "nurse", Instant.From(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void FindGaps_WithAnHourInWhichNobodyIsThere_NamesWardRoleAndHour()
    {
        var plan = TestPlan.Make(roster: TestPlan.Roster.Replace("{ from: 00:00, to: 24:00, roles: { nurse: n1, ", "{ from: 13:00, to: 12:00, days: mon, roles: { nurse: n1 } }\n      - { from: 13:00, to: 12:00, days: tue-sun, roles: { nurse: n1 } }\n      - { from: 12:00, to: 13:00, days: [mon, wed-sun], roles: { nurse: n1 } }\n      - { from: 00:00, to: 24:00, roles: { ", StringComparison.Ordinal));
        var gap = Assert.Single(NotificationFiles.FindGaps(plan, KnownNames.Nothing));
        Assert.Equal("ward 'ICU': nobody has the role 'nurse' Tue 12:00 to Tue 13:00", gap.Message);
        Assert.True(gap.IsError);
        Assert.Equal(8, gap.Line);
    }

    [Fact]
    public void FindGaps_OfARoleOfTheRulesThatNoRosterHas_IsAnErrorAtTheRule()
    {
        var rules = Rules("charge nrse");
        var gaps = NotificationFiles.FindGaps(TestPlan.Make(), new KnownNames(rules, []));
        var unknown = Assert.Single(gaps, gap => gap.Code == NotificationCodes.UnknownRole);
        Assert.Equal("r.yaml", unknown.File);
        Assert.Equal("did you mean `charge nurse`?", unknown.Help);
        Assert.Contains(gaps, gap => gap.Code == NotificationCodes.Nobody && gap.Message.EndsWith("nobody has the role 'charge nrse' at any time", StringComparison.Ordinal));
    }

    [Fact]
    public void FindGaps_OfAWardOfTheCensusWithoutRoster_IsAnError()
    {
        var gap = Assert.Single(NotificationFiles.FindGaps(TestPlan.Make(), new KnownNames(null, ["ICU", "Dialysis"])));
        Assert.True(gap.IsError);
        Assert.Contains("'Dialysis'", gap.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SpO2 lwo", "", "the route 'some' is for the alert 'SpO2 lwo', which no rule raises: it tells nobody of it", "did you mean `SpO2 low`?")]
    [InlineData("Saturation", "was: Saturation", "the route 'some' is for the alert 'Saturation', which is called 'SpO2 low' now: it tells nobody of it", "write `SpO2 low`")]
    public void FindGaps_OfARouteForAnAlertThatNoRuleRaises_SaysSoButIsNoError(string alert, string was, string message, string help)
    {
        var plan = TestPlan.Make(TestPlan.Notifications.Replace("default escalation:", $"  - {{ route: some, only for: {{ alert: [{alert}, Readings are refused, Silenced again and again] }}, notify: nurse }}\ndefault escalation:", StringComparison.Ordinal));
        var gap = Assert.Single(NotificationFiles.FindGaps(plan, new KnownNames(Rules("charge nurse", was), [])));
        Assert.Equal((message, help, false), (gap.Message, gap.Help, gap.IsError));
        Assert.Equal(("notifications.yaml", 7), (gap.File, gap.Line));
        Assert.Empty(NotificationFiles.FindGaps(plan, KnownNames.Nothing));
    }

    [Fact]
    public void FindGaps_WithoutARouteForHigh_SaysSo()
    {
        var plan = TestPlan.Make(TestPlan.Notifications.Replace("[high, medium]", "medium", StringComparison.Ordinal));
        Assert.Contains(NotificationFiles.FindGaps(plan, KnownNames.Nothing), gap => gap.Message == "ward 'ICU': no route tells anybody at once at any time");
    }

    [Fact]
    public void Load_OfAChannelOverTheNetworkInTheClear_Warns()
    {
        var warning = Assert.Single(TestPlan.Load(TestPlan.Notifications.Replace("http://127.0.0.1:1/", "http://paging.hospital.example/", StringComparison.Ordinal)).Diagnostics);
        Assert.Equal((NotificationCodes.Unprotected, false), (warning.Code, warning.IsError));
    }

    private static RuleFile Sample(string name)
    {
        var path = Repository.PathOf("deploy/notifications/" + name);
        return new RuleFile(path, File.ReadAllText(path));
    }

    private static ImmutableArray<AlertRule> ShippedRules() =>
        RuleSetLoader.Load([.. Directory.EnumerateFiles(Repository.PathOf("rules"), "*.yaml").Where(path => !path.EndsWith(".test.yaml", StringComparison.Ordinal)).Select(path => new RuleFile(path, File.ReadAllText(path)))]).Rules!.Rules;

    private static ImmutableArray<AlertRule> Rules(string role, string was = "") => RuleSetLoader.Load([new RuleFile("r.yaml", $$"""
        version: 1
        population: adults
        rules:
        - alert: SpO2 low
          {{was}}
          when: spo2 < 88
          for: 15 s
          priority: high
          escalate:
            - { not acknowledged in: 2 min, notify: {{role}} }
          message: "SpO2 {spo2} %"
        """)]).Rules!.Rules;
}
