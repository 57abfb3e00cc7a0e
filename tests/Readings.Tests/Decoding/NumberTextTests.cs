using System.Globalization;
using System.Text;
using IoTGateway.Readings.Decoding;

namespace IoTGateway.Readings.Tests.Decoding;

public class NumberTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("1 2")]
    [InlineData("12a")]
    [InlineData("1,5")]
    [InlineData("--5")]
    [InlineData("5-")]
    [InlineData("0x1F")]
    public void TryParse_WhatIsNoNumber_IsFalse(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyNumber_IsWhatTheFrameworkReads()
    {
        const int Seed = 42;
        var random = new Random(Seed);
        for (var round = 0; round < 100_000; round++)
        {
            var digits = random.Next(1, 19);
            var text = random.NextInt64((long)Math.Pow(10, Math.Min(digits, 18))).ToString(CultureInfo.InvariantCulture);
            if (random.Next(2) == 0)
            {
                text = text.Insert(random.Next(1, text.Length + 1), ".");
            }

            text = (random.Next(3) == 0 ? "-" : "") + text.TrimEnd('.') + (random.Next(10) == 0 ? "e" + random.Next(-30, 30).ToString(CultureInfo.InvariantCulture) : "");

            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var number), $"Seed {Seed}: {text}");
            var expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(number), $"Seed {Seed}: {text} was read as {number:R}.");
        }
    }
}
