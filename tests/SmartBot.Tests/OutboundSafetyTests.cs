namespace Waqtor.SmartBot.Tests;

public sealed class OutboundSafetyTests
{
    private static readonly OutboundContext Context = new()
    {
        KnownPhones = ["+966 50 123 4567"],
        TrustedTexts = ["Call our shop: 920012345 or 0559998877, mail help@shop.example"],
        Secrets = ["correct horse battery"],
        LinkHosts = ["shop.example"],
    };

    [Theory]
    [InlineData("Your key is sk-abcdEFGH1234567890abcdEFGH", SafetyChecks.Secret)]
    [InlineData("the phrase is Correct Horse Battery", SafetyChecks.Secret)]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", SafetyChecks.Secret)]
    [InlineData("Customer Ali has +971 55 765 4321", SafetyChecks.ForeignPhone)]
    [InlineData("رقم العميل الآخر ٠٥٥١٢٣٩٩٨٨", SafetyChecks.ForeignPhone)]
    [InlineData("write to someone.else@example.org", SafetyChecks.ForeignEmail)]
    [InlineData("paid with 4111-1111-1111-1111", SafetyChecks.Card)]
    [InlineData("Hello {{name}}", SafetyChecks.Placeholder)]
    [InlineData("   ", SafetyChecks.Empty)]
    [InlineData("click javascript:alert(1)", SafetyChecks.Link)]
    [InlineData("https://shop.example@evil.test/pay", SafetyChecks.Link)]
    [InlineData("http://10.0.0.8/admin", SafetyChecks.Link)]
    public void Reply_WithWhatMustNotLeave_IsBlocked(string text, string check)
    {
        var report = SafetyChecks.Outbound(text, Context);
        report.Findings.ShouldContain(finding => finding.Check == check && finding.Action == SafetyAction.Block);
    }

    [Theory]
    [InlineData("We call you on 0501234567 today")]
    [InlineData("Call 0559998877 or mail help@shop.example")]
    [InlineData("طلبك رقم 20240117883 وصل، المبلغ ١٢٠٠ ريال")]
    [InlineData("Track it at https://track.shop.example/o/12345678901")]
    [InlineData("Task-based skills: sk-8 shoes are in stock")]
    public void Reply_ThatIsFine_Passes(string text) => SafetyChecks.Outbound(text, Context).Findings.ShouldBeEmpty();

    [Fact]
    public void Links_WhenOnlyListedHosts_BlockTheRest()
    {
        var strict = Context with { AllowAnyLink = false };

        SafetyChecks.Outbound("see www.shop.example/sale", strict).IsBlocked.ShouldBeFalse();
        SafetyChecks.Outbound("see https://notshop.example/sale", strict).IsBlocked.ShouldBeTrue();
        SafetyChecks.Outbound("see bit.ly/abc", strict).IsBlocked.ShouldBeTrue();
    }

    [Fact]
    public void Length_OverTheLimit_IsBlocked() => SafetyChecks.Outbound(new('a', 4097), Context).Has(SafetyChecks.TooLong).ShouldBeTrue();
}
