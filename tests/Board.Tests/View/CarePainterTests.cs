using IoTGateway.Board.View;

namespace IoTGateway.Board.Tests.View;

public class CarePainterTests
{
    [Theory]
    [InlineData("spo2_low", "SpO2 low")]
    [InlineData("hr_very_high", "HR very high")]
    [InlineData("art_sbp_low", "ART systolic low")]
    [InlineData("dbp_high", "Diastolic high")]
    [InlineData("battery_very_low", "Battery very low")]
    [InlineData("own_signal_low", "own signal low")]
    [InlineData("hr", "HR")]
    public void LimitWords_Limit_IsNamedByItsSignal(string limit, string expected) => Assert.Equal(expected, CarePainter.LimitWords(limit));
}
