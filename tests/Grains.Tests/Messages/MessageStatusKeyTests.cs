using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

public sealed class MessageStatusKeyTests
{
    [Theory]
    [InlineData("ins_1", "wamid.HBgM")]
    [InlineData("ins_1", "true_5511@c.us/3EB0")]
    public void Parse_WrittenKey_IsTheSame(string instanceId, string providerMessageId)
    {
        var sut = new MessageStatusKey(instanceId, providerMessageId);

        MessageStatusKey.Parse(sut.ToString()).ShouldBe(sut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ins_1")]
    [InlineData("/wamid")]
    public void Parse_NoInstance_Throws(string key) => Should.Throw<FormatException>(() => MessageStatusKey.Parse(key));
}
