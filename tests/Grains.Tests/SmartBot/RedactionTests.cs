using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests.SmartBot;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("my number is 15550001111, order 42")]
    [InlineData("call (555) 000-1111 about order 42")]
    [InlineData("٥٥٥ ٠٠٠ ١١١١ order 42")]
    public void Of_TheCustomersOwnNumberHoweverWritten_IsGone(string text)
    {
        var left = Redaction.Of(text, new ContactIdentity { Phone = "15550001111" });
        left.ShouldEndWith("order 42");
        left.Count(char.IsDigit).ShouldBe(2);
    }

    [Theory]
    [InlineData("I am Sara Haddad, call me on +966 55 123 4567", "Sara", "966", "4567")]
    [InlineData("اسمي سارة ورقمي 0551234567", "سارة", "0551234567", "1234567")]
    [InlineData("mail sara@example.com", "sara@example.com", "@example", "sara")]
    public void Of_NamesAndNumbers_AreGone(string text, params string[] secrets)
    {
        var left = Redaction.Of(text, new ContactIdentity { Name = text.Contains("سارة", StringComparison.Ordinal) ? "سارة" : "Sara Haddad" });
        foreach (var secret in secrets) left.ShouldNotContain(secret, Case.Insensitive);
    }
}
