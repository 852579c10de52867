namespace Waqtor.WhatsApp.Tests;

public sealed class WahaMessageIdTests
{
    [Theory]
    [InlineData("3EB0A")]
    [InlineData("true_201000000001@c.us_3EB0A")]
    [InlineData("true_69380000000000@lid_3EB0A")]
    [InlineData("true_120363000000000001@g.us_3EB0A_69380000000000@lid")]
    [InlineData("201000000001@c.us_3EB0A")]
    public void SentMessage_NamedInAnyWay_HasOneId(string raw) => WahaMessageId.OfSent(raw).ShouldBe("3EB0A");

    [Fact]
    public void CustomersMessage_Stored_KeepsItsIdAsItCame() =>
        WahaMessageId.Parse("false_201000000001@c.us_3EB0A").Stored(fromMe: false).ShouldBe("false_201000000001@c.us_3EB0A");

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("true_")]
    [InlineData("false_@_")]
    [InlineData("true_@c.us_")]
    [InlineData("a_b_c")]
    public void Id_OfNoKnownForm_IsKeptWhole(string raw) => WahaMessageId.Parse(raw).Bare.ShouldNotBeNull();
}
