using System.Globalization;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>What was answered is in the log exactly once and in effect; what was not answered is there at most once.</summary>
internal static class ActCheck
{
    public static void Holds(WardLedger ledger, WardLog log)
    {
        var records = log.Readings.Select(record => (ActKind.Reading, Mark: record.Number("seq").ToString(CultureInfo.InvariantCulture)))
            .Concat(log.Acknowledgements.Select(record => (ActKind.Acknowledgement, record.Text("note") + " " + record.Text("episode"))))
            .Concat(log.Orders.Select(record => (ActKind.Silence, record.Text("reason"))))
            .Concat(log.Observations.Select(record => (ActKind.Observation, record.Text("note"))))
            .CountBy(row => row).ToDictionary();
        var effects = log.Events.Where(record => record.Text("change") is "acknowledged" or "silenced").CountBy(EffectOf).ToDictionary();
        foreach (var act in ledger.Acts)
        {
            var what = $"{act.Kind} {act.Mark} of {act.Subject} ({act.Answer})";
            var inLog = records.GetValueOrDefault((act.Kind, act.Kind == ActKind.Acknowledgement ? act.Mark + " " + act.Subject : act.Mark));
            Assert.True(inLog == 1 || (inLog == 0 && act.Answer != ActAnswer.Done), $"{what} is in the log {inLog} times.");
            if (act.Kind is not (ActKind.Acknowledgement or ActKind.Silence))
            {
                continue;
            }

            var took = effects.GetValueOrDefault((act.Kind, act.Mark, act.Subject));
            Assert.True(took == (act.Answer == ActAnswer.Done ? 1 : 0) || (took == 1 && act.Answer == ActAnswer.None), $"{what} took effect {took} times.");
            Assert.True(
                act.Answer != ActAnswer.DoneBefore || log.Events.Any(record => record.Text("episode") == act.Subject && record.Text("change") == "acknowledged"),
                $"{what}: nobody was first.");
        }

        foreach (var episode in log.Events.GroupBy(record => record.Text("episode")))
        {
            StaysInEffect([.. episode]);
        }
    }

    private static (ActKind, string, string) EffectOf(LoggedRecord record) => record.Text("change") == "acknowledged"
        ? (ActKind.Acknowledgement, record.Text("acknowledgedNote"), record.Text("episode"))
        : (ActKind.Silence, record.Text("silencedFor"), record.Text("episode"));

    /// <summary>An acknowledgement counts until the alert calls again, a silence until its time is over.</summary>
    private static void StaysInEffect(List<LoggedRecord> episode)
    {
        foreach (var (before, record) in episode.Zip(episode.Skip(1)))
        {
            var what = $"event {record.Number("number")} ({record.Text("change")})";
            if (record.Text("change") == "acknowledged")
            {
                Assert.False(before.Has("acknowledgedBy"), $"{what}: it was acknowledged already.");
            }
            else if (record.Text("change") != "re-alarmed")
            {
                Assert.True(record.Text("acknowledgedNote") == before.Text("acknowledgedNote"), $"{what} took an acknowledgement away, or made one.");
            }

            if (before.Has("silencedBy") && record.Text("change") != "silenced" && record.Text("state") != "ended")
            {
                Assert.True(
                    record.Text("silencedFor") == before.Text("silencedFor") || record.Number("time") >= before.Number("silencedUntil"),
                    $"{what} ended a silence before its time.");
            }
        }
    }
}
