using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Orders;

/// <summary>Silences, from the order to the alert that calls again.</summary>
public sealed class SilenceOrderTests
{
    [Fact]
    public void SilenceAlert_Medium_CallsAgainWhenItsTimeIsOver()
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        Assert.True(alert.Calls);

        var answer = gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(2), " turning\nthe patient "));

        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "SpO2 low is silenced for 2 min."), answer);
        var silenced = Saturation(gateway)!;
        Assert.Equal((false, "nurse-1", "turning the patient", TimeSpan.FromMinutes(2)), (silenced.Calls, silenced.Silence!.By, silenced.Silence.Reason, silenced.Silence.Until - silenced.Silence.At));
        Assert.Equal(alert.Reason, silenced.Reason);
        Persist(gateway, 119);
        Assert.True(Saturation(gateway)!.Silenced);
        Persist(gateway, 4);
        Assert.True(Saturation(gateway)!.Calls);

        var events = gateway.Events().Where(happened => happened.Change is AlertChange.Silenced or AlertChange.Announced).ToList();
        Assert.Equal([AlertChange.Silenced, AlertChange.Announced], events.Select(happened => happened.Change));
        Assert.Equal(("nurse-1", "silenced by nurse-1 for 2 min: turning the patient"), (events[0].By, events[0].Why));
        Assert.Equal(("", "the silence by nurse-1 is over", silenced.Silence.Until), (events[1].By, events[1].Why, events[1].Time));
        Assert.All(events, happened => Assert.NotEmpty(happened.Status.RuleSet));
    }

    [Fact]
    public void SilenceAlert_NotAllowed_IsRefusedInWords()
    {
        using var gateway = WithSaturation();
        gateway.Read("m1", "\"hr\":30");
        var (medium, high) = (Saturation(gateway)!, gateway.Ledger.Find("p1", "heart-rate-very-low")!);
        var before = gateway.Events().Count;

        Assert.Equal(
            (OrderOutcome.Refused, "SpO2 low is of medium priority: it can be silenced for at most 15 min at once."),
            Give(gateway, new SilenceAlert(medium.Id, medium.Episode, TimeSpan.FromMinutes(16), "why")));
        Assert.Equal(
            (OrderOutcome.Refused, "Heart rate very low is of high priority: it can be silenced for at most 2 min at once."),
            Give(gateway, new SilenceAlert(high.Id, high.Episode, TimeSpan.FromMinutes(3), "why")));
        Assert.Equal((OrderOutcome.Refused, "Say why it is silenced."), Give(gateway, new SilenceAlert(medium.Id, medium.Episode, TimeSpan.FromMinutes(1), " ")));
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new SilenceAlert(medium.Id, medium.Episode, TimeSpan.Zero, "why")).Outcome);
        Assert.Equal(OrderOutcome.Stale, gateway.Give(new SilenceAlert(medium.Id, "0-0", TimeSpan.FromMinutes(1), "why")).Outcome);
        Assert.Equal(OrderOutcome.Unknown, gateway.Give(new SilenceAlert("p1:nothing", "0-0", TimeSpan.FromMinutes(1), "why")).Outcome);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new EndSilence(medium.Id, medium.Episode)).Outcome);
        Assert.Equal(before, gateway.Events().Count);

        gateway.Read("m1", "\"spo2\":97").Pass(5);
        Assert.Equal((OrderOutcome.Stale, "The alert has ended since you looked."), Give(gateway, new SilenceAlert(medium.Id, medium.Episode, TimeSpan.FromMinutes(1), "why")));
    }

    [Fact]
    public void EndSilence_Silenced_CallsAtOnce()
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(10), "why"));

        Assert.Equal(new OrderAnswer(OrderOutcome.Done, "SpO2 low is no longer silenced."), gateway.Give(new EndSilence(alert.Id, alert.Episode), "nurse-2"));

        Assert.True(Saturation(gateway)!.Calls);
        var last = gateway.Events()[^1];
        Assert.Equal((AlertChange.Announced, "nurse-2", "nurse-2 ended the silence"), (last.Change, last.By, last.Why));
    }

    [Fact]
    public void EndSilence_AcknowledgedMeanwhile_IsOverWithoutACall()
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(10), "why"));
        gateway.Acknowledge("p1", "spo2-low");

        var answer = gateway.Give(new EndSilence(alert.Id, alert.Episode));

        Assert.Equal("SpO2 low is no longer silenced; it calls nobody, since nurse-1 has acknowledged it.", answer.Sentence);
        Assert.Equal(AlertChange.SilenceEnded, gateway.Events()[^1].Change);
    }

    [Fact]
    public void SilenceWard_Medium_SilencesWhatStandsAndNothingHigh()
    {
        using var gateway = WithSaturation();
        gateway.Read("m2", "\"hr\":30,\"spo2\":80").Pass(6);

        var answer = gateway.Give(new SilenceWard("ICU", AlertKind.Physiological, TimeSpan.FromHours(1), "round"));

        Assert.Equal(
            new OrderAnswer(
                OrderOutcome.Done,
                "2 physiological alerts of ward ICU are silenced. What is raised from now on calls. 1 of high priority goes on calling: it cannot be silenced for a whole ward."),
            answer);
        Assert.Equal(
            [("p1:spo2-low", 15), ("p2:heart-rate-very-low", 0), ("p2:spo2-low", 15)],
            gateway.Ledger.Alerts.Select(alert => (alert.Id, (int)(alert.Silence is { } silence ? (silence.Until - silence.At).TotalMinutes : 0))));
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new SilenceWard("ICU", AlertKind.Physiological, TimeSpan.FromMinutes(1), "round")).Outcome);
        Assert.Equal(OrderOutcome.Refused, gateway.Give(new SilenceWard("ICU", AlertKind.Technical, TimeSpan.FromMinutes(1), "round")).Outcome);
        Assert.Equal(OrderOutcome.Unknown, gateway.Give(new SilenceWard("Moon", AlertKind.Technical, TimeSpan.FromMinutes(1), "round")).Outcome);
    }

    [Fact]
    public void SilenceAlert_FourthWithinTwelveHours_IsReportedWithAlertAndPersons()
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        foreach (var by in new[] { "nurse-1", "nurse-2", "nurse-1" })
        {
            gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(1), "why"), by);
        }

        Assert.Null(gateway.Ledger.Find("p1", "silenced-again-and-again"));
        using var restarted = gateway.Crash();
        restarted.Consume();
        restarted.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(1), "why"), "nurse-3");

        var reported = restarted.Ledger.Find("p1", "silenced-again-and-again")!;
        Assert.Equal(
            (AlertState.Latched, AlertPriority.Low, AlertKind.Technical, "SpO2 low was silenced 4 times within 12 h, by nurse-1, nurse-2, nurse-3"),
            (reported.State, reported.Priority, reported.Kind, reported.Reason));
        restarted.Acknowledge("p1", "silenced-again-and-again");
        Assert.Null(restarted.Ledger.Find("p1", "silenced-again-and-again"));
    }

    [Theory]
    [InlineData(6, "6 times")]
    [InlineData(25, "20 times or more")]
    public void SilenceAlert_OnceMoreAfterTheReport_ReportSaysThePresentCount(int silences, string times)
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        for (var silence = 1; silence <= silences; silence++)
        {
            gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(1), "why"), silence == 1 ? "nurse-1" : "nurse-2");
        }

        var reported = gateway.Ledger.Find("p1", "silenced-again-and-again")!;
        var persons = silences == 6 ? "nurse-1, nurse-2" : "nurse-2";
        Assert.Equal(($"silenced {times}", $"SpO2 low was silenced {times} within 12 h, by {persons}"), (reported.Value, reported.Reason));
        using var restarted = gateway.Crash();
        restarted.Consume();
        Assert.Equal(reported.Reason, restarted.Ledger.Find("p1", "silenced-again-and-again")!.Reason);
    }

    [Fact]
    public void SilenceAlert_FourOverMoreThanTwelveHours_AreNotReported()
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;
        for (var hour = 0; hour < 5; hour++)
        {
            gateway.Give(new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromMinutes(1), "why"));
            gateway.Clock.Advance(TimeSpan.FromHours(5));
            gateway.Read("m1", "\"spo2\":80");
        }

        Assert.Null(gateway.Ledger.Find("p1", "silenced-again-and-again"));
        Assert.Equal(5, gateway.Events().Count(happened => happened.Change == AlertChange.Silenced));
    }

    [Fact]
    public void Order_NotUnderstood_IsADeadLetter()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Append(Queue.RecordKind.Order, "orders/p1", "{\"v\":9}"u8);
        gateway.Consume();
        Assert.Contains("version 9", Assert.Single(gateway.DeadLetters()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertState.Active, AlertPriority.Medium, true)]
    [InlineData(AlertState.Active, AlertPriority.Low, false)]
    [InlineData(AlertState.Clearing, AlertPriority.Medium, false)]
    [InlineData(AlertState.Latched, AlertPriority.High, false)]
    [InlineData(AlertState.Active, AlertPriority.High, true)]
    public void Acknowledge_WithWhatWasSeen_IsStaleIfItHasBecomeMoreUrgent(AlertState state, AlertPriority priority, bool accepted)
    {
        using var gateway = WithSaturation();
        var alert = Saturation(gateway)!;

        gateway.Acknowledge("p1", "spo2-low", $$"""{"episode":"{{alert.Episode}}","state":"{{AlertWords.Of(state)}}","priority":"{{AlertWords.Of(priority)}}"}""");

        Assert.Equal(accepted, Saturation(gateway)!.Acknowledgement is not null);
    }

    [Fact]
    public void Acknowledge_ConditionPersists_CallsAgainAfterThreeMinutes()
    {
        using var gateway = WithSaturation();
        gateway.Acknowledge("p1", "spo2-low");
        var acknowledged = Saturation(gateway)!;
        Assert.Equal(TimeSpan.FromMinutes(3), acknowledged.ReAlarmAt - acknowledged.Acknowledgement!.At);
        Persist(gateway, 178);
        Assert.False(Saturation(gateway)!.Calls);

        using var restarted = gateway.Crash();
        restarted.Consume();
        Persist(restarted, 5);

        Assert.True(Saturation(restarted)!.Calls);
        var last = restarted.Events().Last(happened => happened.Change == AlertChange.Rearmed);
        Assert.Equal((acknowledged.ReAlarmAt, "acknowledged by nurse-1, and the condition still holds after 3 min"), (last.Time, last.Why));
        Assert.Equal(alertEpisode(acknowledged), alertEpisode(last.Status));

        static string alertEpisode(AlertStatus alert) => alert.Episode;
    }

    private static (OrderOutcome, string) Give(TestGateway gateway, Order order) => gateway.Give(order) is var answer ? (answer.Outcome, answer.Sentence) : default;

    private static TestGateway WithSaturation()
    {
        var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":60,\"spo2\":80").Pass(6);
        Assert.Equal(AlertState.Active, Saturation(gateway)!.State);
        return gateway;
    }

    private static AlertStatus? Saturation(TestGateway gateway) => gateway.Ledger.Find("p1", "spo2-low");

    /// <summary>Seconds pass, and the saturation stays low.</summary>
    private static void Persist(TestGateway gateway, int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            gateway.Pass(1).Read("m1", "\"hr\":60,\"spo2\":80");
        }
    }
}
