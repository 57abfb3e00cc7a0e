using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Archive.Entries;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>The sentences that tell of alerts, and what is not worth one.</summary>
public sealed class AlertEventEntriesTests
{
    private static readonly AlertEvent Raised = Event(Status());

    [Fact]
    public void Make_Raised_SaysWhyAndWhere()
    {
        var entry = Assert.Single(AlertEventEntries.Make(Event(Status(), 15, AlertState.Pending), last: null)).Entry;
        Assert.Equal(new TimelineEntry(At(15), TimelineKind.Alert, "ICU", "ICU-1", "p1", "", "SpO2 low raised: SpO2 86 % < 88 % for 15 s", "medium", "e1"), entry);
    }

    [Fact]
    public void Make_RaisedButHeldBack_SaysByWhat()
    {
        Assert.Equal("SpO2 low raised, held back by Apnoea: SpO2 86 % < 88 % for 15 s", WordsOf(Event(Status() with { Suppressed = true, SuppressedBy = "Apnoea" })));
        Assert.Equal("SpO2 low raised during a care pause: SpO2 86 % < 88 % for 15 s", WordsOf(Event(Status().Held(PatientHold.Pause))));
        Assert.Equal("SpO2 low raised while in standby: SpO2 86 % < 88 % for 15 s", WordsOf(Event(Status().Held(PatientHold.Standby))));
    }

    [Fact]
    public void Make_PendingOrShadow_SaysNothing()
    {
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { State = AlertState.Pending }), last: null));
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { State = AlertState.Ended }, 0, AlertState.Pending), last: null));
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { Shadow = true }), last: null));
    }

    [Fact]
    public void Make_Acknowledged_NamesPersonAndNote()
    {
        var acknowledged = Event(Status().Acknowledged(20, note: "on my way"), 20, AlertState.Active, AlertChange.Acknowledged, by: "AB");
        var entry = Assert.Single(AlertEventEntries.Make(acknowledged, Raised)).Entry;
        Assert.Equal(TimelineKind.Acknowledgement, entry.Kind);
        Assert.Equal("AB", entry.By);
        Assert.Equal("SpO2 low acknowledged by AB: on my way", entry.Words);
        Assert.Equal(
            "SpO2 low acknowledged by AB; it has ended",
            WordsOf(Event(Status().Acknowledged(20) with { State = AlertState.Ended }, 20, AlertState.Latched, AlertChange.Acknowledged, by: "AB")));
    }

    [Theory]
    [InlineData(AlertState.Active, AlertState.Ended, "SpO2 low ended: SpO2 86 % < 88 % for 15 s")]
    [InlineData(AlertState.Clearing, AlertState.Latched, "SpO2 low is over and waits for an acknowledgement: SpO2 86 % < 88 % for 15 s")]
    [InlineData(AlertState.Latched, AlertState.Active, "SpO2 low is back: SpO2 86 % < 88 % for 15 s")]
    public void Make_OtherState_SaysWhich(AlertState from, AlertState to, string words) =>
        Assert.Equal(words, WordsOf(Event(Status() with { State = to }, 30, from)));

    [Fact]
    public void Make_WaversOrChangesItsValues_SaysNothing()
    {
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { State = AlertState.Clearing }, 30, AlertState.Active), Raised));
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { Value = "85 %" }, 30, AlertState.Active, AlertChange.Updated), Raised));
        Assert.Empty(AlertEventEntries.Make(Event(Status(bed: "ICU-2"), 30, AlertState.Active, AlertChange.Moved), Raised));
        Assert.Empty(AlertEventEntries.Make(Event(Status().Held(PatientHold.Pause), 30, AlertState.Active, AlertChange.Held), Raised));
        Assert.Empty(AlertEventEntries.Make(Event(Status(), 30, AlertState.Active, AlertChange.Released), Event(Status().Held(PatientHold.Pause))));
        Assert.Empty(AlertEventEntries.Make(Event(Status() with { Value = "85 %" }, 30, AlertState.Active, AlertChange.Updated), last: null));
    }

    [Fact]
    public void Make_OtherPriority_SaysFromWhatToWhat()
    {
        var high = Status() with { Priority = AlertPriority.High };
        Assert.Equal("SpO2 low rises from medium to high: SpO2 86 % < 88 % for 15 s", WordsOf(Event(high, 30, AlertState.Active, AlertChange.Updated), Raised));
        Assert.Equal("SpO2 low falls from high to medium: SpO2 86 % < 88 % for 15 s", WordsOf(Event(Status(), 30, AlertState.Active, AlertChange.Updated), Event(high)));

        // Also while it wavers: the priority is what people act on.
        Assert.Equal("SpO2 low rises from medium to high: SpO2 86 % < 88 % for 15 s", WordsOf(Event(high with { State = AlertState.Clearing }, 30, AlertState.Active), Raised));
    }

    [Fact]
    public void Make_Announced_SaysThatItCallsNowAndWhy()
    {
        var announced = Event(Status(), 30, AlertState.Active, AlertChange.Announced);
        Assert.Equal("SpO2 low calls now: SpO2 86 % < 88 % for 15 s", WordsOf(announced, Event(Status() with { Suppressed = true })));
        Assert.Equal("SpO2 low calls now: the silence by AB is over", WordsOf(announced with { Why = "the silence by AB is over" }, Event(Status().Silenced(0, 30))));
    }

    [Fact]
    public void Make_AcknowledgementTakenAway_SaysThatItCallsAgain()
    {
        var rearmed = Event(Status(), 180, AlertState.Active, AlertChange.Rearmed) with { Why = "acknowledged by AB, and the condition still holds after 3 min" };
        var entry = Assert.Single(AlertEventEntries.Make(rearmed, Event(Status().Acknowledged(1)))).Entry;
        Assert.Equal((TimelineKind.Acknowledgement, "SpO2 low calls again: acknowledged by AB, and the condition still holds after 3 min"), (entry.Kind, entry.Words));
        Assert.StartsWith("SpO2 low is no longer acknowledged: ", WordsOf(rearmed with { Status = Status().Held(PatientHold.Pause) }, Event(Status().Acknowledged(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_Silenced_SaysByWhomForHowLongAndWhenItIsOver()
    {
        var silenced = Event(Status().Silenced(10, 120), 10, AlertState.Active, AlertChange.Silenced, by: "AB");
        var entry = Assert.Single(AlertEventEntries.Make(silenced, Raised)).Entry;
        Assert.Equal((TimelineKind.Silence, "SpO2 low silenced for 2 min by AB: turning the patient"), (entry.Kind, entry.Words));

        // The same silence is told once; its end too, but not when the alert ends with it.
        Assert.Empty(AlertEventEntries.Make(Event(silenced.Status with { Value = "85 %" }, 20, AlertState.Active, AlertChange.Updated), silenced));
        Assert.Equal("SpO2 low is no longer silenced: AB ended the silence", WordsOf(Event(Status().Acknowledged(20), 130, AlertState.Active, AlertChange.SilenceEnded) with { Why = "AB ended the silence" }, silenced));
        Assert.Equal("SpO2 low ended: SpO2 86 % < 88 % for 15 s", WordsOf(Event(Status() with { State = AlertState.Ended }, 130, AlertState.Active), silenced));
    }

    private static string WordsOf(AlertEvent happened, AlertEvent? last = null) => Assert.Single(AlertEventEntries.Make(happened, last)).Entry.Words;
}
