using Waqtor.Api.Messages;

namespace Waqtor.Api.Tests.Messages;

public sealed class ChatAddressTests
{
    [Theory]
    [InlineData("201000000001", "201000000001", null, null, null)]
    [InlineData("0020 100 000 0001", "201000000001", null, null, null)]
    [InlineData("+1 (555) 000-1111", "15550001111", null, null, null)]
    [InlineData("69380000000000@lid", null, "69380000000000", null, null)]
    [InlineData("69380000000000:3@lid", null, "69380000000000", null, null)]
    [InlineData("120363000000000000@g.us", null, null, "120363000000000000", null)]
    [InlineData("15550001111-1600000000@g.us", null, null, "15550001111-1600000000", null)]
    [InlineData("US.13491208655302741918", null, null, null, "US.13491208655302741918")]
    public void Address_Known_IsRead(string text, string? phone, string? lid, string? group, string? user)
    {
        var contact = ChatAddress.Read(text)!;
        contact.Phone.ShouldBe(phone);
        contact.Lid.ShouldBe(lid);
        contact.GroupId.ShouldBe(group);
        contact.UserId.ShouldBe(user);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("01000000001")]
    [InlineData("00123")]
    [InlineData("123456789012345678901")]
    [InlineData("abc")]
    [InlineData("abc@s.whatsapp.net")]
    [InlineData("1@example.com")]
    [InlineData("@lid")]
    [InlineData(":3@lid")]
    [InlineData("  @lid")]
    [InlineData("abc def@lid")]
    [InlineData("693800000000001234567890123456789@lid")]
    [InlineData("69380000000000:@lid")]
    [InlineData("69380000000000:x@lid")]
    [InlineData("201000000001:x@c.us")]
    [InlineData("05550001111@c.us")]
    [InlineData("015550001111@s.whatsapp.net")]
    [InlineData("@g.us")]
    [InlineData("a/b?c@g.us")]
    [InlineData("x\n@g.us")]
    [InlineData("-1@g.us")]
    [InlineData("1-@g.us")]
    [InlineData("1--2@g.us")]
    [InlineData("201000000001@c.us\n")]
    [InlineData("us.123")]
    [InlineData("US.")]
    [InlineData("US.a b")]
    public void Address_Unknown_IsNull(string text) => ChatAddress.Read(text).ShouldBeNull();
}
