using IoTGateway.Readings.Clocks;

namespace IoTGateway.Readings.Tests.Clocks;

public class ClockOffsetHistoryTests
{
    [Fact]
    public void OffsetOf_PlaceInTheLog_IsWhatStoodBeforeIt()
    {
        var history = new ClockOffsetHistory();
        history.Apply(100, "m1", TimeSpan.FromSeconds(300));
        history.Apply(200, "m1", TimeSpan.Zero);
        history.Apply(200, "m1", TimeSpan.FromSeconds(7));
        history.Apply(50, "m1", TimeSpan.FromSeconds(8));

        Assert.Equal([0, 0, 300, 300, 0], new long[] { 1, 100, 101, 200, 201 }.Select(address => history.OffsetOf("m1", address).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, history.OffsetOf("m2", 300));
    }

    [Fact]
    public void Apply_MoreThanAreKept_TheOldestKeptStandsForAllBefore()
    {
        var history = new ClockOffsetHistory();
        for (var index = 1; index <= ClockOffsetHistory.ChangesOfADeviceAtMost + 3; index++)
        {
            history.Apply(index * 10, "m1", TimeSpan.FromSeconds(index * 10));
        }

        Assert.Equal(40, history.OffsetOf("m1", 5).TotalSeconds);
        Assert.Equal(ClockOffsetHistory.ChangesOfADeviceAtMost, Assert.Single(history.Devices).Value.Count);
    }

    [Fact]
    public void Copy_ThenChanged_LeavesTheOriginal()
    {
        var history = new ClockOffsetHistory();
        history.Apply(10, "m1", TimeSpan.FromSeconds(300));
        var copy = history.Copy();
        copy.Apply(20, "m1", TimeSpan.FromSeconds(1));

        Assert.Equal(300, history.OffsetOf("m1", 30).TotalSeconds);
        Assert.Equal(1, copy.OffsetOf("m1", 30).TotalSeconds);
    }

    [Fact]
    public void Record_Written_IsReadAgainAndDamageIsRefused()
    {
        var record = new ClockOffsetRecord("mönitor-1", TimeSpan.FromMilliseconds(-300_125));
        var body = record.Write();

        Assert.Equal(record, ClockOffsetRecord.Read(body));
        Assert.Throws<InvalidDataException>(() => ClockOffsetRecord.Read([]));
        Assert.Throws<InvalidDataException>(() => ClockOffsetRecord.Read(body.AsSpan(0, body.Length - 1)));
        Assert.Throws<InvalidDataException>(() => ClockOffsetRecord.Read([2, .. body.AsSpan(1)]));
    }
}
