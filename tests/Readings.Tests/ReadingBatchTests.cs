namespace IoTGateway.Readings.Tests;

public class ReadingBatchTests
{
    [Fact]
    public void Add_AfterClear_ReusesTheReadingEmptied()
    {
        var batch = new ReadingBatch();
        var first = batch.Add();
        first.DeviceTime = new Instant(1);
        first.Sequence = 7;
        first.ReportsAlarms = true;
        first.Values.Add(new SignalValue(TestSignals.Named("hr"), 72, Quality.Valid));
        first.DeviceAlarms.Add("asystole");
        batch.UnknownMembers = 3;
        batch.Reject("no");

        batch.Clear();
        var again = batch.Add();

        Assert.Same(first, again);
        Assert.Null(again.DeviceTime);
        Assert.Null(again.Sequence);
        Assert.False(again.ReportsAlarms);
        Assert.Empty(again.Values);
        Assert.Empty(again.DeviceAlarms);
        Assert.Equal(1, batch.Count);
        Assert.Equal(0, batch.UnknownMembers);
        Assert.Equal(0, batch.RejectedReadings);
        Assert.Null(batch.FirstRejection);
    }

    [Fact]
    public void Item_BeyondCount_Throws()
    {
        var batch = new ReadingBatch();
        batch.Add();
        batch.Add();
        batch.RemoveLast();

        Assert.NotNull(batch[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[-1]);
    }

    [Fact]
    public void RemoveLast_OfAnEmptyBatch_Throws() => Assert.Throws<InvalidOperationException>(new ReadingBatch().RemoveLast);

    [Fact]
    public void Reject_Twice_KeepsTheFirstReason()
    {
        var batch = new ReadingBatch();
        batch.Reject("first");
        batch.Reject("second");

        Assert.Equal(2, batch.RejectedReadings);
        Assert.Equal("first", batch.FirstRejection);
    }
}
