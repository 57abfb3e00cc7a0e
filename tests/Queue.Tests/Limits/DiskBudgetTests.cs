using IoTGateway.Queue.Limits;

namespace IoTGateway.Queue.Tests.Limits;

public class DiskBudgetTests
{
    private readonly DiskBudget _budget = new(limitBytes: 1_100, reserveBytes: 100);

    [Fact]
    public void Update_UpToTheHighWaterMarkAndDownToTheLow_ChangesTwice()
    {
        Assert.False(_budget.Update(999, long.MaxValue));
        Assert.True(_budget.Update(1_000, long.MaxValue));
        Assert.True(_budget.IsFull);
        Assert.False(_budget.Update(901, long.MaxValue));
        Assert.True(_budget.Update(900, long.MaxValue));
        Assert.False(_budget.IsFull);
    }

    [Fact]
    public void Update_VolumeNearlyFull_IsFullUntilTwiceTheReserveIsFree()
    {
        Assert.True(_budget.Update(0, 99));
        Assert.False(_budget.Update(0, 199));
        Assert.True(_budget.Update(0, 200));
    }

    [Fact]
    public void Update_AtFourFifths_IsTight()
    {
        _budget.Update(799, long.MaxValue);
        Assert.False(_budget.IsTight);
        _budget.Update(800, long.MaxValue);
        Assert.True(_budget.IsTight);
    }
}
