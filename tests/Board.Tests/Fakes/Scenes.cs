using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Wards as they may look at night.</summary>
internal static class Scenes
{
    /// <summary>Eight beds: normal, high, medium acknowledged, sensor off, not monitored, empty, stale, questionable; and a device at no bed.</summary>
    public static FakeWard EightBeds(TimeProvider clock)
    {
        var ward = new FakeWard(clock);
        var now = ward.Now;
        Vitals(ward.Add(new FakeBed("ICU", "ICU-1", "P-1041", "mon-101")), 72, 97, 16, 124, 71, 36.8)
            .Has("etco2", 38).Has("avpu", 'A', TimeSpan.FromMinutes(96)).Has("battery", 91);

        var high = Vitals(ward.Add(new FakeBed("ICU", "ICU-2", "P-1007", "mon-102")), 128, 84, 31, 88, 47, 38.6);
        high.Alert(high.NewAlert("SpO2 very low", AlertPriority.High, now - TimeSpan.FromSeconds(74), "84 %", "85 %") with
        {
            Message = "SpO2 84 %, below 85 % for 10 s: look at the patient now",
            Reason = "SpO2 84 % < limit 85 % for 10 s",
        });
        high.Alert(high.NewAlert("Heart rate high", AlertPriority.Medium, now - TimeSpan.FromMinutes(3), "128 bpm", "120 bpm") with
        {
            Message = "Heart rate 128 bpm, above 120 bpm for 15 s",
        });

        var medium = Vitals(ward.Add(new FakeBed("ICU", "ICU-3", "P-0988", "mon-103")), 104, 94, 22, 158, 94, 39.3);
        medium.Alert(medium.NewAlert("Temperature high", AlertPriority.Medium, now - TimeSpan.FromMinutes(48), "39.3 °C", "39.0 °C") with
        {
            Acknowledgement = new Acknowledgement("anna (board, unauthenticated)", now - TimeSpan.FromMinutes(41), ""),
            Message = "Temperature 39.3 °C, above 39.0 °C",
        });

        var off = Vitals(ward.Add(new FakeBed("ICU", "ICU-4", "P-1052", "mon-104")), 81, double.NaN, 14, 131, 77, 37.1)
            .Has("spo2", double.NaN, TimeSpan.FromSeconds(1), Quality.NoValue);
        off.Alert(off.NewAlert("SpO2 not measured", AlertPriority.Low, now - TimeSpan.FromMinutes(2), kind: AlertKind.Technical) with
        {
            Message = "No SpO2 for 2 min: is the sensor on?",
        });

        ward.Add(new FakeBed("ICU", "ICU-5", "P-1033", "mon-105"))
            .HadAt("hr", 77, now - TimeSpan.FromMinutes(38)).HadAt("spo2", 96, now - TimeSpan.FromMinutes(38)).HadAt("rr", 15, now - TimeSpan.FromMinutes(38))
            .HadAt("sbp", 118, now - TimeSpan.FromMinutes(51)).HadAt("dbp", 66, now - TimeSpan.FromMinutes(51)).HadAt("map", 83, now - TimeSpan.FromMinutes(51))
            .HadAt("temp", 36.9, now - TimeSpan.FromMinutes(51))
            .Device("mon-105", false, now - TimeSpan.FromMinutes(38))
            .IsNotMonitored("No live reading for 38 min.");

        ward.Add(new FakeBed("ICU", "ICU-6", null));

        var stale = Vitals(ward.Add(new FakeBed("ICU", "ICU-7", "P-1018", "mon-107")), 66, 98, 12, 119, 68, 36.4)
            .HadAt("rr", 12, now - TimeSpan.FromMinutes(4))
            .HadAt("temp", 36.4, now - TimeSpan.FromHours(5));
        stale.Late = "while offline: lowest SpO2 82 % at 21:37";

        var doubtful = Vitals(ward.Add(new FakeBed("ICU", "ICU-8", "P-1060", "mon-108")), 92, 44, 19, 142, 83, 37.4)
            .Has("spo2", 44, TimeSpan.FromSeconds(1), Quality.Questionable);
        doubtful.Alert(doubtful.NewAlert("SpO2 low", AlertPriority.Medium, now - TimeSpan.FromSeconds(21), "44 %", "90 %") with
        {
            Unverified = true,
            Message = "SpO2 44 %, below 90 % for 15 s",
        });
        ward.Bed("ICU-1").ScoresOff = doubtful.ScoresOff = "NEWS2 off: age unknown";
        return ward;
    }

    /// <summary>What the store holds of these beds.</summary>
    public static FakeHistory HistoryOf(FakeWard ward)
    {
        var history = new FakeHistory();
        foreach (var tile in ward.Snapshot().Tiles)
        {
            foreach (var value in tile.Values.Where(value => double.IsFinite(value.Value)))
            {
                history.With(tile.Patient ?? tile.Devices[0].Device, value.Signal.Id, value.Value);
            }

            if (tile.Patient is { } patient && tile.Values.Any(value => value.Signal.Id == "spo2" && double.IsNaN(value.Value)))
            {
                history.With(patient, "spo2", 96);
            }
        }

        return history;
    }

    /// <summary>Sixteen beds of two wards, most of them calm.</summary>
    public static FakeWard SixteenBeds(TimeProvider clock)
    {
        var ward = new FakeWard(clock);
        for (var number = 1; number <= 16; number++)
        {
            Vitals(ward.Add(new FakeBed("4 North", $"4N-{number}", $"P-{2000 + number}", $"mon-{number}")), 60 + number * 3, 99 - number % 5, 11 + number % 8, 105 + number * 3, 60 + number, 36.2 + number % 6 * 0.3);
        }

        var now = ward.Now;
        var high = ward.Bed("4N-6");
        high.Alert(high.NewAlert("Apnoea", AlertPriority.High, now - TimeSpan.FromSeconds(18), "0 /min", "8 /min"));
        var low = ward.Bed("4N-11");
        low.Alert(low.NewAlert("SpO2 not measured", AlertPriority.Low, now - TimeSpan.FromMinutes(2), kind: AlertKind.Technical));
        ward.Bed("4N-14").IsNotMonitored("No live reading for 3 min.");
        ward.Bed("4N-2").ScoresOff = high.ScoresOff = ward.Bed("4N-14").ScoresOff = "NEWS2 off: child";
        return ward;
    }

    /// <summary>Twenty-four beds; three alerts at one, two of them at another.</summary>
    public static FakeWard TwentyFourBeds(TimeProvider clock)
    {
        var ward = new FakeWard(clock);
        for (var number = 1; number <= 24; number++)
        {
            Vitals(ward.Add(new FakeBed("4 North", $"4N-{number}", $"P-{2000 + number}", $"mon-{number}")), 60 + number * 2, 99 - number % 5, 11 + number % 8, 105 + number * 3, 60 + number, 36.2 + number % 6 * 0.3);
            ward.Bed($"4N-{number}").Score = new ScoreView("NEWS2", number % 7, number % 7, false);
        }

        ThreeAlerts(ward.Bed("4N-6"), ward.Now);
        var two = ward.Bed("4N-15");
        ThreeAlerts(two, ward.Now);
        two.End(two.Alerts[2].Id);
        return ward;
    }

    /// <summary>A low saturation, what follows from it, and a silenced one.</summary>
    public static void ThreeAlerts(FakeBed bed, Instant now)
    {
        bed.Alert(bed.NewAlert("SpO2 low on average", AlertPriority.Medium, now, "86 %", "90 %"));
        bed.Alert(bed.NewAlert("Not alert", AlertPriority.Medium, now, "V", "A"));
        bed.Alert(bed.NewAlert("NEWS2 single parameter", AlertPriority.Low, now, "3", "3") with
        {
            Silence = new Silence("anna (board, unauthenticated)", "known, physician informed", now, now + TimeSpan.FromMinutes(10)),
        });
    }

    public static FakeBed Vitals(FakeBed bed, double hr, double spo2, double rr, double systolic, double diastolic, double temp) => bed
        .Has("hr", hr).Has("spo2", spo2).Has("rr", rr, TimeSpan.FromSeconds(2))
        .Has("art_sbp", systolic).Has("art_dbp", diastolic).Has("art_map", Math.Round((systolic + 2 * diastolic) / 3))
        .Has("temp", temp, TimeSpan.FromMinutes(52));
}
