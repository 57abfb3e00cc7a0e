using IoTGateway.Alerts;
using IoTGateway.Archive.Entries;
using IoTGateway.Archive.Tests.Doubles;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>The sentences that tell of rule sets.</summary>
public sealed class RuleSetEntriesTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(RuleSetStep.InForce, "", "", "rule set v7 came into force")]
    [InlineData(RuleSetStep.Waits, "", "it would end 1 alert", "rule set v7 waits for approval: it would end 1 alert")]
    [InlineData(RuleSetStep.Approved, "CD", "", "rule set v7 was approved and came into force by CD")]
    [InlineData(RuleSetStep.Refused, "CD", "", "rule set v7 was refused by CD")]
    [InlineData(RuleSetStep.RolledBack, "CD", "too many alerts", "rule set v7 was put back into force by CD: too many alerts")]
    [InlineData(RuleSetStep.FilesInvalid, "", "a.yaml:3:1", "the rule files cannot be used; the last good rules stay in force: a.yaml:3:1")]
    [InlineData(RuleSetStep.FilesValid, "", "", "the rule files can be used again")]
    public void Make_Step_SaysWhatAndWho(RuleSetStep step, string by, string why, string words)
    {
        Assert.Equal(RuleSetStep.FilesValid, Enum.GetValues<RuleSetStep>().Max()); // Each step has a row above.
        var record = Record(10, new RuleSetRecord("v7", []) { Step = step, By = by, Why = why, At = At(5) });
        Assert.Equal(new TimelineEntry(At(5), TimelineKind.Rules, "", "", "", by, words, "", ""), Assert.Single(new RuleSetEntries().Make(record, new NoPlaces())).Entry);
    }

    [Fact]
    public void Make_LongVersion_IsCut()
    {
        var record = Record(10, new RuleSetRecord("7066ef306255b884877c0e4471e47c43", []) { At = At(5) });
        Assert.Equal("rule set 7066ef306255 came into force", Assert.Single(new RuleSetEntries().Make(record, new NoPlaces())).Entry.Words);
    }

    [Fact]
    public async Task WardTimeline_RuleSet_StandsInThatOfEveryWard()
    {
        await _fixture.StoreAsync(Record(10, new RuleSetRecord("v7", []) { At = At(5) }));
        var entry = Assert.Single(await _fixture.Reader().WardTimelineAsync("ICU", At(0), At(10), 10, TestContext.Current.CancellationToken));
        Assert.Equal("rule set v7 came into force", entry.Words);
    }
}
