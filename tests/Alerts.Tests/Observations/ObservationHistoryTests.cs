using System.Buffers;
using IoTGateway.Alerts.Observations;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Tests.Observations;

public sealed class ObservationHistoryTests
{
    private static readonly Instant Start = Instant.From(Doubles.TestGateway.Start);

    private readonly ObservationHistory _history = new();

    [Fact]
    public void TryApply_ManyOfOnePatient_KeepsTheNewest200()
    {
        for (var minute = 0; minute < 250; minute++)
        {
            Assert.True(_history.TryApply(Of($"o{minute}", "p1", minute)));
        }

        Assert.Equal(200, _history.Count);
        Assert.Equal("o249", _history.Of("p1").First().Observation.Id);
        Assert.Null(_history.Find("o49"));
        Assert.NotNull(_history.Find("o50"));
    }

    [Fact]
    public void TryApply_TwoDaysLater_ForgetsTheOldOnes()
    {
        _history.TryApply(Of("o1", "p1", 0));
        _history.TryApply(Of("o2", "p1", 60));
        _history.TryApply(Of("o3", "p1", (48 * 60) + 1));

        Assert.Equal(["o3", "o2"], _history.Of("p1").Select(record => record.Observation.Id));
    }

    [Fact]
    public void TryApply_OfVeryMany_StaysBounded()
    {
        for (var patient = 0; patient < 150; patient++)
        {
            for (var minute = 0; minute < 150; minute++)
            {
                _history.TryApply(Of($"o{patient}-{minute}", $"p{patient}", minute));
            }
        }

        Assert.Equal(ObservationHistory.AtMost, _history.Count);
        Assert.NotNull(_history.Find("o149-149"));
        Assert.Null(_history.Find("o0-0"));
    }

    [Fact]
    public void TryApply_VersionThatDoesNotFollow_SaysNothing()
    {
        _history.TryApply(Of("o1", "p1", 0));

        Assert.False(_history.TryApply(Of("o1", "p1", 0)));
        Assert.False(_history.TryApply(Of("o1", "p1", 5, revision: 3)));
        Assert.True(_history.TryApply(Of("o1", "p1", 5, revision: 2)));
        Assert.Equal(2, _history.Find("o1")!.Observation.Revision);
    }

    [Fact]
    public void NewestOf_RetractedOnes_DoNotCount()
    {
        _history.TryApply(Of("o1", "p1", 0, 37));
        _history.TryApply(Of("o2", "p1", 9, 38));
        Assert.Equal((Start + TimeSpan.FromMinutes(9), 38), _history.NewestOf("p1", "temp"));

        _history.TryApply(Of("o2", "p1", 9, 38, revision: 2, retracted: "wrong"));

        Assert.Equal((Start, 37), _history.NewestOf("p1", "temp"));
        Assert.Null(_history.NewestOf("p1", "hr"));
        Assert.Null(_history.NewestOf("p2", "temp"));
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSame()
    {
        _history.TryApply(Of("o1", "p1", 0));
        _history.TryApply(Of("o1", "p1", 7, revision: 2));
        _history.TryApply(Of("o2", "p2", 3, 38));

        var loaded = SavedAndLoaded();

        Assert.Equal(_history.Of("p1").Select(record => record.Write()), loaded.Of("p1").Select(record => record.Write()));
        Assert.Equal(_history.Of("p2").Select(record => record.Write()), loaded.Of("p2").Select(record => record.Write()));
        Assert.True(loaded.IsTaken("p1", Start, butNowBy: "o1"));
        Assert.False(loaded.IsTaken("p1", Start + TimeSpan.FromMinutes(7), butNowBy: "o1"));
        Assert.True(loaded.IsTaken("p1", Start + TimeSpan.FromMinutes(7), butNowBy: null));
    }

    private ObservationHistory SavedAndLoaded()
    {
        var buffer = new ArrayBufferWriter<byte>();
        _history.Save(buffer);
        var reader = new BodyReader(buffer.WrittenSpan);
        return ObservationHistory.Load(ref reader);
    }

    private static ObservationRecord Of(string id, string patient, int minute, double value = 37, int revision = 1, string? retracted = null)
    {
        var taken = Start + TimeSpan.FromMinutes(minute);
        return new ObservationRecord(
            new Observation(id, patient, taken, "nurse-1", [new ObservedValue("temp", value)], "") { Revision = revision, Recorded = taken, Retracted = retracted }, "ICU", "", Before: null);
    }
}
