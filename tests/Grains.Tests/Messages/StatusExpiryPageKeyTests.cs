using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

public sealed class StatusExpiryPageKeyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(15, 1_234_567_890_123)]
    public void Parse_WrittenKey_IsTheSame(long shard, long page)
    {
        var sut = new StatusExpiryPageKey(shard, page);

        StatusExpiryPageKey.Parse(sut.ToString()).ShouldBe(sut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("/1")]
    [InlineData("1/")]
    [InlineData("1/x")]
    [InlineData("-1/1")]
    public void Parse_NotTwoNumbers_Throws(string key) => Should.Throw<FormatException>(() => StatusExpiryPageKey.Parse(key));
}
