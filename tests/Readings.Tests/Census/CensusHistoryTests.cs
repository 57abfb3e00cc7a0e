using System.Globalization;
using IoTGateway.Readings.Census;
using static IoTGateway.Readings.Tests.Census.TestWard;

namespace IoTGateway.Readings.Tests.Census;

public class CensusHistoryTests
{
    private static readonly string[] Monitors = ["m1", "m2", "m3"];

    private static readonly string[] Devices = ["m1", "m2", "m3", "m4"];

    [Fact]
    public void AssignmentOf_BeforeAnyCensus_IsUnassigned()
    {
        var history = new CensusHistory();

        Assert.Equal(Assignment.Unassigned("m1"), history.AssignmentOf("m1", At(0)));
        Assert.Same(WardCensus.Empty, history.Current);
        Assert.Empty(history.Changes);
    }

    [Fact]
    public void AssignmentOf_ByTime_IsWhoeverHadTheDeviceThen()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));
        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "p2", "m1"), Bed("ICU-2", "p1")));
        history.Apply(300, At(30), CensusOf(Bed("ICU-1", null, "m1")));
        history.Apply(400, At(40), CensusOf(Bed("ICU-1", "p3")));

        Assert.Equal("unassigned", Ward(9));
        Assert.Equal("p1", Patient(10));
        Assert.Equal("p1", Patient(19));
        Assert.Equal("p2", Patient(20));
        Assert.Equal("p2", Patient(29));
        Assert.Equal(new Assignment("m1", "ICU", "ICU-1"), history.AssignmentOf("m1", At(30)));
        Assert.Equal(Assignment.Unassigned("m1"), history.AssignmentOf("m1", At(40)));
        Assert.Equal(Assignment.Unassigned("m1"), history.AssignmentOf("m1", Instant.MaxValue));

        string Patient(int seconds) => history.AssignmentOf("m1", At(seconds)).Patient;
        string Ward(int seconds) => history.AssignmentOf("m1", At(seconds)).Ward;
    }

    [Fact]
    public void AssignmentOf_AfterACorrectionBackInTime_FollowsTheLaterRecord()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));
        history.Apply(200, At(30), CensusOf(Bed("ICU-1", "p2", "m1")));
        history.Apply(300, At(20), CensusOf(Bed("ICU-1", "p3", "m1")));

        Assert.Equal("p1", history.AssignmentOf("m1", At(19)).Patient);
        Assert.Equal("p3", history.AssignmentOf("m1", At(20)).Patient);
        Assert.Equal("p3", history.AssignmentOf("m1", At(35)).Patient);
        Assert.Equal("p2", history.Before(300).AssignmentOf("m1", At(35)).Patient);
    }

    [Fact]
    public void Apply_ARecordAlreadyKnown_ChangesNothing()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));
        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "p2", "m1")));

        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "other", "m1")));
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));

        Assert.Equal(2, history.Changes.Count);
        Assert.Equal("p2", history.Current.Beds[0].Patient);
        Assert.Equal("p2", history.AssignmentOf("m1", At(25)).Patient);
    }

    [Fact]
    public void Before_APlaceOfTheLog_KnowsOnlyWhatStoodBeforeIt()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));
        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "p2", "m1")));

        var before = history.Before(200);

        Assert.Equal("p1", before.AssignmentOf("m1", At(25)).Patient);
        Assert.Equal("p1", before.Current.Beds[0].Patient);
        Assert.Equal(["p1", "p2"], history.Before(201).Changes.Select(change => change.Census.Beds[0].Patient));
        Assert.Empty(history.Before(100).Changes);

        // The copy goes its own way.
        before.Apply(150, At(15), CensusOf(Bed("ICU-1", "p9", "m1")));
        Assert.Equal("p9", before.AssignmentOf("m1", At(25)).Patient);
        Assert.Equal("p2", history.AssignmentOf("m1", At(25)).Patient);
    }

    [Fact]
    public void AssignmentOf_TheSameDeviceAgain_GivesTheSameObject()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1"), Bed("ICU-2", null, "m2")));
        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "p1", "m1"), Bed("ICU-2", "p2", "m2")));

        Assert.Same(history.AssignmentOf("m1", At(10)), history.AssignmentOf("m1", At(30)));
        Assert.Same(history.AssignmentOf("m2", At(10)), history.AssignmentOf("m2", At(19)));
        Assert.Same(history.AssignmentOf("m2", At(5)), history.AssignmentOf("m2", At(0)));
        Assert.Same(history.AssignmentOf("stranger", At(10)), history.AssignmentOf("stranger", At(20)));
    }

    [Fact]
    public void AssignmentOf_KnownDevices_AllocatesNothing()
    {
        var history = new CensusHistory();
        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));
        history.Apply(200, At(20), CensusOf(Bed("ICU-1", "p2", "m1")));
        Look();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            Look();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Look()
        {
            history.AssignmentOf("m1", At(30));
            history.AssignmentOf("m1", At(15));
            history.AssignmentOf("m1", At(0));
            history.AssignmentOf("stranger", At(30));
        }
    }

    [Fact]
    public void AssignmentOf_AStrangerThatGetsABed_IsAssigned()
    {
        var history = new CensusHistory();
        Assert.Equal("unassigned", history.AssignmentOf("m1", At(10)).Ward);

        history.Apply(100, At(10), CensusOf(Bed("ICU-1", "p1", "m1")));

        Assert.Equal("p1", history.AssignmentOf("m1", At(10)).Patient);
        Assert.Equal("unassigned", history.AssignmentOf("m1", At(9)).Ward);
    }

    [Fact]
    public void Apply_MoreChangesThanAreKept_ForgetsTheOldest()
    {
        var history = new CensusHistory();
        const int Extra = 3;
        for (var change = 0; change < CensusHistory.ChangesAtMost + Extra; change++)
        {
            history.Apply(
                change + 1, At(change), CensusOf(Bed("ICU-1", change.ToString(CultureInfo.InvariantCulture), "m1"), Bed("ICU-2", "resident", "m2")));
        }

        Assert.Equal(CensusHistory.ChangesAtMost, history.Changes.Count);
        Assert.Equal("unassigned", history.AssignmentOf("m1", At(Extra - 1)).Ward);
        Assert.Equal("3", history.AssignmentOf("m1", At(Extra)).Patient);
        Assert.Equal("5000", history.AssignmentOf("m1", At(5000)).Patient);
        Assert.Equal("10002", history.AssignmentOf("m1", At(999_999)).Patient);
        Assert.Equal("unassigned", history.AssignmentOf("m2", At(Extra - 1)).Ward);
        Assert.Equal("resident", history.AssignmentOf("m2", At(Extra)).Patient);

        // Beds that stay as they are cost nothing more with each change.
        Assert.Same(history.Changes[0].Census.Beds[1], history.Changes[^1].Census.Beds[1]);
    }

    [Fact]
    public void AssignmentOf_AnyHistory_IsThatOfTheNewestRecordNotAfterTheTime()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var history = new CensusHistory();
            var records = new List<(Instant From, WardCensus Census)>();
            for (var record = 0; record < random.Next(1, 12); record++)
            {
                // Mostly in order, sometimes a correction of the past.
                var from = At(random.Next(4) == 0 ? random.Next(50) : record * 5);
                var devices = Devices.Take(3).Where(_ => random.Next(3) > 0).ToArray();
                var census = CensusOf([.. devices.Select((device, bed) => Bed($"B{bed}", random.Next(3) == 0 ? null : $"p{random.Next(9)}-{bed}", device))]);
                records.Add((from, census));
                history.Apply(record + 1, from, census);
            }

            // The history itself, a copy of all, and a copy of a part.
            var part = random.Next(records.Count);
            AssertFollows(history, records);
            AssertFollows(history.Before(records.Count + 1), records);
            AssertFollows(history.Before(part + 1), records[..part]);

            void AssertFollows(CensusHistory actual, List<(Instant From, WardCensus Census)> known)
            {
                for (var second = -1; second < 60; second++)
                {
                    foreach (var device in Devices)
                    {
                        var expected = known.FindLast(record => record.From <= At(second)).Census?.AssignmentOf(device) ?? Assignment.Unassigned(device);
                        Assert.True(
                            expected == actual.AssignmentOf(device, At(second)), $"Seed {Seed}, round {round}: {device} at {second} s should be {expected}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void Apply_AnUndoneChange_GivesBackOnlyWhatItHadMoved()
    {
        var history = new CensusHistory();
        history.Apply(1, At(0), CensusOf(Bed("1", "p1", "m1"), Bed("2", null, "m2"), Bed("3", "p3", "m3")));
        history.Apply(2, At(10), CensusOf(Bed("1", null, "m1"), Bed("2", "p1", "m2"), Bed("3", "p3", "m3")));
        history.Apply(3, At(20), CensusOf(Bed("1", null, "m1"), Bed("2", "p1", "m2"), Bed("3", null, "m3")));
        history.Apply(4, At(10), CensusOf(Bed("1", "p1", "m1"), Bed("2", null, "m2"), Bed("3", null, "m3")), new CensusNote { At = At(30), Corrects = 2 });

        Assert.Equal(["p1", "m2", "p3"], PatientsAt(history, At(15)));
        Assert.Equal(["p1", "m2", "m3"], PatientsAt(history, At(25)));
        Assert.Equal(["p1", "m2", "p3"], PatientsAt(history, At(5)));
        Assert.Equal(
            [new CensusCorrection(4, "m1", At(10), At(30), new Assignment("p1", "ICU", "1")), new CensusCorrection(4, "m2", At(10), At(30), new Assignment("m2", "ICU", "2"))],
            history.Corrections.OrderBy(correction => correction.Device, StringComparer.Ordinal));
        Assert.Equal("p1", history.CorrectedAssignmentOf("m1", At(10))!.Patient);
        Assert.Null(history.CorrectedAssignmentOf("m1", At(30)));
        Assert.Null(history.CorrectedAssignmentOf("m3", At(20)));
        Assert.Equal(history.Corrections, history.Before(5).Corrections);
        Assert.Equal(["m1", "p1", "m3"], PatientsAt(history.Before(4), At(25)));
        Assert.Empty(history.Before(4).Corrections);
    }

    [Fact]
    public void BedOf_PatientAtATime_IsWhereThePatientLay()
    {
        var history = new CensusHistory();
        history.Apply(1, At(0), CensusOf(Bed("1", "p1"), Bed("2", null)));
        history.Apply(2, At(10), CensusOf(Bed("1", null), Bed("2", "p1")));

        Assert.Equal("1", history.BedOf("p1", At(9))!.Id);
        Assert.Equal("2", history.BedOf("p1", At(10))!.Id);
        Assert.Null(history.BedOf("p1", At(-1)));
        Assert.Null(history.BedOf("p9", At(5)));
    }

    private static string[] PatientsAt(CensusHistory history, Instant time) => [.. Monitors.Select(device => history.AssignmentOf(device, time).Patient)];
}
