namespace Waqtor.WhatsApp.Tests;

public sealed class PhoneTests
{
    [Theory]
    [InlineData("20100000777", "20100000777")]
    [InlineData("+20 (100) 000-777", "20100000777")]
    [InlineData("0020100000777", "20100000777")]
    [InlineData("00 20 100 000 777", "20100000777")]
    [InlineData("0100000777", "0100000777")]
    [InlineData("00201", null)]
    [InlineData("201x", null)]
    public void Read_AnyWayOfWriting_IsOneNumber(string text, string? number) => Phone.Read(text).ShouldBe(number);
}
