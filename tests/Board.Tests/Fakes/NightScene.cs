using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Archive;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>An intensive care unit at night with everything that a board can show: escalation, silence, care pause, standby, changed limits, a history.</summary>
internal sealed class NightScene
{
    private readonly Instant _now;

    public NightScene(TimeProvider clock)
    {
        Ward = Scenes.EightBeds(clock);
        Gateway = new FakeGateway(Ward);
        _now = Ward.Now;
        History = new WavyHistory();
        Care();
        Escalate();
        Scores();
        Past();
        Load();
        Gateway.Census
            .Had(TimeSpan.FromHours(30), "", "census file: 8 beds, 7 patients", mayBeUndone: false)
            .Had(TimeSpan.FromHours(9), "kim (board, unauthenticated)", "P-1007 moved from ICU-6 to ICU-2", "nearer to the desk")
            .Had(TimeSpan.FromHours(2), "kim (board, unauthenticated)", "mon-108 moved from no bed to ICU-8");
        Gateway.Observations.RecordAsync(
            new("P-1007", _now - TimeSpan.FromHours(5), [new ObservedValue("temp", 38.1), new ObservedValue("sbp", 96), new ObservedValue("dbp", 51)], ""), "anna (board, unauthenticated)", default);
        Gateway.Observations.RecordAsync(
            new("P-1007", _now - TimeSpan.FromMinutes(50), [new ObservedValue("avpu", 'A'), new ObservedValue("o2", 1), new ObservedValue("temp", 38.6)], "4 L/min by mask"), "kim (board, unauthenticated)", default);
    }

    public FakeWard Ward { get; }

    public FakeGateway Gateway { get; }

    public WavyHistory History { get; }

    private void Care()
    {
        Ward.Bed("ICU-1").Care = new PatientCare
        {
            Limits = [new BedsideLimit("spo2_low", 88, "kim (board, unauthenticated)", "COPD, target 88 to 92 %", _now - TimeSpan.FromHours(3), _now + TimeSpan.FromHours(9))],
        };
        var paused = Ward.Bed("ICU-3");
        paused.Care = new PatientCare { Pause = new CarePause("anna", _now - TimeSpan.FromSeconds(40), _now + TimeSpan.FromSeconds(261)) };
        var away = Ward.Bed("ICU-5");
        away.Care = new PatientCare { Standby = new Standby("kim", "Theatre, hip", _now - TimeSpan.FromMinutes(38), _now + TimeSpan.FromMinutes(142)) };
        var off = Ward.Bed("ICU-4");
        off.Alert(off.Alerts.Single() with { Silence = new Silence("anna", "sensor being changed", _now - TimeSpan.FromSeconds(20), _now + TimeSpan.FromSeconds(280)) });
    }

    private void Escalate()
    {
        var high = Ward.Bed("ICU-2").Alerts;
        Gateway.Escalations
            .Of(high[0], _now + TimeSpan.FromSeconds(46), "charge nurse", "Kim (bedside nurse)", _now - TimeSpan.FromSeconds(60), PageState.Delivered)
            .Of(high[1], _now + TimeSpan.FromSeconds(118), "all roles again", "Dr Sorge (on call)", _now - TimeSpan.FromSeconds(50), PageState.Failed, nobody: true);
        Gateway.Escalations.Channels =
        [
            new ChannelStatus("pager", "webhook", 2, _now - TimeSpan.FromMinutes(3), "the server answers 503", _now - TimeSpan.FromMinutes(4)),
            new ChannelStatus("mail", "email", 0, null, "", _now - TimeSpan.FromHours(2)),
        ];
    }

    private void Scores()
    {
        Ward.Bed("ICU-1").ScoresOff = Ward.Bed("ICU-8").ScoresOff = null;
        Ward.Bed("ICU-1").Score = new ScoreView("NEWS2", 1, 1, false);
        Ward.Bed("ICU-2").Score = new ScoreView("NEWS2", 12, 12, true);
        Ward.Bed("ICU-3").Score = new ScoreView("NEWS2", 5, 5, false);
        Ward.Bed("ICU-4").Score = new ScoreView("NEWS2", 1, 6, false);
        Ward.Bed("ICU-7").Score = new ScoreView("NEWS2", 0, 0, false);
        Ward.Bed("ICU-8").Score = new ScoreView("NEWS2", 3, 3, true);
    }

    private void Past()
    {
        var random = new Random(42);
        var names = new (string Name, AlertPriority Priority, AlertKind Kind, string Value, string Limit, string Over)[]
        {
            ("SpO2 low", AlertPriority.Medium, AlertKind.Physiological, "87 %", "90 %", "93 %"),
            ("Heart rate high", AlertPriority.Medium, AlertKind.Physiological, "127 bpm", "120 bpm", "114 bpm"),
            ("SpO2 not measured", AlertPriority.Low, AlertKind.Technical, "", "", ""),
            ("SpO2 very low", AlertPriority.High, AlertKind.Physiological, "78 %", "80 %", "84 %"),
            ("Respiration high", AlertPriority.Medium, AlertKind.Physiological, "33 /min", "30 /min", "27 /min"),
        };
        var beds = new[] { "ICU-1", "ICU-2", "ICU-3", "ICU-4", "ICU-7", "ICU-8" };
        var at = _now - TimeSpan.FromHours(11.5);
        for (var number = 1; at < _now - TimeSpan.FromMinutes(5); number++)
        {
            var (name, priority, kind, value, limit, over) = names[random.Next(names.Length)];
            var bed = Ward.Bed(number % 3 == 0 ? "ICU-2" : beds[random.Next(beds.Length)]);
            var length = TimeSpan.FromSeconds(15 + random.Next(600));
            var acknowledged = random.Next(3) > 0;
            var raised = bed.NewAlert(name, priority, at, value, limit, kind, episode: 1000 + number);
            var status = raised with
            {
                Value = over,
                State = AlertState.Ended,
                Changed = at + length,
                Acknowledgement = acknowledged ? new Acknowledgement("anna (board, unauthenticated)", at + TimeSpan.FromSeconds(20), "") : null,
            };
            Gateway.Archive.Episodes.Add(new ArchivedEpisode(number, at, at + length, priority, acknowledged ? at + TimeSpan.FromSeconds(20) : null, raised, status));
            Gateway.Archive.Events.AddRange(Events(number, status with { State = AlertState.Active, Acknowledgement = null }, status, at, length));
            Entry(at, TimelineKind.Alert, bed, "", value.Length == 0 ? $"{name} raised" : $"{name} raised: {value}, limit {limit}", status);
            if (acknowledged)
            {
                Entry(at + TimeSpan.FromSeconds(20), TimelineKind.Acknowledgement, bed, "anna", $"{name} acknowledged", status);
            }

            at += TimeSpan.FromMinutes(4 + random.Next(22));
        }

        foreach (var (alert, index) in Ward.Snapshot().Tiles.SelectMany(tile => tile.Alerts).Select((alert, index) => (alert, index)))
        {
            Gateway.Archive.Episodes.Add(new ArchivedEpisode(9000 + index, alert.Since, null, alert.Priority, alert.Acknowledgement?.At, alert, alert));
        }

        Entry(_now - TimeSpan.FromMinutes(52), TimelineKind.Pause, Ward.Bed("ICU-2"), "kim", "Care pause of 5 min");
        Entry(_now - TimeSpan.FromMinutes(50), TimelineKind.Observation, Ward.Bed("ICU-2"), "kim", "Observation: ACVPU A, oxygen on, temperature 38.6 °C");
        Entry(_now - TimeSpan.FromMinutes(48), TimelineKind.Pause, Ward.Bed("ICU-2"), "", "Care pause broken by SpO2 very low 79 % < limit 80 %");
        Entry(_now - TimeSpan.FromHours(3), TimelineKind.Limit, Ward.Bed("ICU-1"), "kim", "Limit SpO2 low set to 88 % for 12 h: COPD, target 88 to 92 %");
        Entry(_now - TimeSpan.FromHours(9), TimelineKind.Census, Ward.Bed("ICU-2"), "kim", "P-1007 moved from ICU-6 to ICU-2");
        Entry(_now - TimeSpan.FromMinutes(1), TimelineKind.Page, Ward.Bed("ICU-2"), "", "Kim (bedside nurse) reached by pager: SpO2 very low");
        Entry(_now - TimeSpan.FromSeconds(20), TimelineKind.Silence, Ward.Bed("ICU-4"), "anna", "SpO2 not measured silenced for 5 min: sensor being changed");
        Entry(_now - TimeSpan.FromMinutes(38), TimelineKind.Standby, Ward.Bed("ICU-5"), "kim", "Standby for 3 h: Theatre, hip");
    }

    private static IEnumerable<AlertEvent> Events(long number, AlertStatus raised, AlertStatus ended, Instant at, TimeSpan length)
    {
        yield return Event(number * 3, number, AlertChange.Entered, AlertState.Pending, raised, at, "");
        if (ended.Acknowledgement is { } seen)
        {
            yield return Event(number * 3 + 1, number, AlertChange.Acknowledged, AlertState.Active, raised with { Acknowledgement = seen }, seen.At, seen.By);
        }

        yield return Event(number * 3 + 2, number, AlertChange.Entered, AlertState.Active, ended, at + length, "");
    }

    private static AlertEvent Event(long number, long episode, AlertChange change, AlertState previous, AlertStatus status, Instant at, string by) => new()
    {
        Number = number,
        EpisodeNumber = episode,
        Change = change,
        Previous = previous,
        Status = status,
        Time = at,
        Recorded = at,
        Input = new Queue.LogPosition(number),
        By = by,
    };

    private void Entry(Instant time, TimelineKind kind, FakeBed bed, string by, string words, AlertStatus? alert = null) => Gateway.Archive.Entries.Add(new TimelineEntry(
        time, kind, "ICU", bed.Bed, bed.Patient ?? "", by.Length == 0 ? "" : by + " (board, unauthenticated)", words, alert?.Priority.ToString().ToLowerInvariant() ?? "", alert?.Episode ?? ""));

    private void Load()
    {
        AlarmLoadRow Row(string name, AlertPriority highest, int episodes, double share, double seconds, double length, double brief) => new(
            name, highest, episodes, share, episodes * 2 / 3, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(length), brief);
        Gateway.Archive.Load = new AlarmLoad(
            49.2,
            412,
            8.4,
            TimeSpan.FromSeconds(41),
            0.23,
            [
                Row("SpO2 low", AlertPriority.Medium, 168, 0.408, 38, 95, 0.31),
                Row("SpO2 not measured", AlertPriority.Low, 96, 0.233, 170, 240, 0.05),
                Row("Heart rate high", AlertPriority.Medium, 71, 0.172, 44, 120, 0.22),
                Row("Respiration high", AlertPriority.Medium, 48, 0.117, 52, 60, 0.4),
                Row("SpO2 very low", AlertPriority.High, 22, 0.053, 17, 48, 0.09),
                Row("Heart rate very low", AlertPriority.High, 7, 0.017, 12, 33, 0),
            ],
            [
                Row("ICU ICU-2", AlertPriority.High, 181, 0.439, 35, 101, 0.2),
                Row("ICU ICU-8", AlertPriority.High, 84, 0.204, 48, 88, 0.27),
                Row("ICU ICU-3", AlertPriority.Medium, 60, 0.146, 44, 92, 0.25),
                Row("ICU ICU-4", AlertPriority.Medium, 41, 0.1, 65, 130, 0.2),
                Row("ICU ICU-1", AlertPriority.Medium, 28, 0.068, 40, 75, 0.18),
                Row("ICU ICU-7", AlertPriority.Low, 18, 0.044, 70, 140, 0.1),
            ],
            [14, 11, 9, 8, 10, 16, 31, 27, 19, 15, 14, 17, 16, 13, 12, 15, 18, 22, 26, 24, 19, 15, 22, 19]);
    }

    /// <summary>The board over this scene.</summary>
    public Task<BoardHost> StartAsync(TimeProvider clock, string? pathBase = null) =>
        BoardHost.StartAsync(Ward, clock, History, pathBase: pathBase, configure: options => options.TimeZone = "Europe/Berlin", gateway: Gateway);
}
