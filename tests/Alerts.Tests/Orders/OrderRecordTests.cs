using System.Text;
using IoTGateway.Alerts.Orders;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Orders;

public sealed class OrderRecordTests
{
    private static readonly Order[] All =
    [
        new SilenceAlert("a:b:spo2-low", "1hq-4", TimeSpan.FromMinutes(15), "moving < \"now\""),
        new EndSilence("p1:spo2-low", "1hq-4"),
        new SilenceWard("ICU/1", AlertKind.Technical, TimeSpan.FromHours(4), "new sensors"),
        new PausePatient("p1", TimeSpan.FromMinutes(5)),
        new ResumePatient("p1"),
        new StandBy("p1", TimeSpan.FromHours(12), "theatre"),
        new EndStandby("p1"),
        new SetLimit("p1", "spo2_low", 85.5, TimeSpan.FromDays(7), "chronic"),
        new ClearLimit("p1", "spo2_low"),
        new NoteSeen("p1"),
    ];

    public static TheoryData<int> Indexes() => [.. Enumerable.Range(0, All.Length)];

    [Fact]
    public void All_KindsOfOrders_AreHere() =>
        Assert.Equal(typeof(Order).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Order))), All.Length);

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Write_AnOrder_IsReadBack(int index)
    {
        var record = new OrderRecord("nurse-1", "17-1", All[index]);

        var written = record.Write();

        Assert.Equal(record, OrderRecord.Read(written));
        Assert.Equal(record with { Request = null }, OrderRecord.Read((record with { Request = null }).Write()));
        Assert.StartsWith("{\"v\":1,\"by\":\"nurse-1\",\"request\":\"17-1\",\"kind\":\"", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no JSON of its form")]
    [InlineData("null", "'null'")]
    [InlineData("{\"v\":2,\"by\":\"n\",\"kind\":\"pause\",\"patient\":\"p\",\"for\":1}", "version 2")]
    [InlineData("{\"v\":1,\"kind\":\"resume\",\"patient\":\"p\"}", "who gave it")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"dance\",\"patient\":\"p\"}", "kind that this version")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"resume\"}", "'patient'")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"pause\",\"patient\":\"p\"}", "'for'")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"pause\",\"patient\":\"p\",\"for\":9223372036854775807}", "100 years")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"pause\",\"patient\":7,\"for\":1}", "no JSON of its form")]
    [InlineData("{\"v\":1,\"by\":\"n\",\"kind\":\"silence-ward\",\"ward\":\"w\",\"for\":1,\"alertKind\":\"odd\"}", "'odd'")]
    public void Read_NoOrder_IsRefused(string body, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => OrderRecord.Read(Encoding.UTF8.GetBytes(body))).Message, StringComparison.Ordinal);

    [Fact]
    public void TopicOf_Orders_NamesThePatientOrTheWard() =>
        Assert.Equal(
            ["orders/a:b", "orders/p1", "orders/ICU%2F1", "orders/p1"], All.Take(4).Select(OrderRecord.TopicOf));
}
