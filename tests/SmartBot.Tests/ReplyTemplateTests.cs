using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.SmartBot.Tests;

public sealed class ReplyTemplateTests
{
    [Theory]
    [InlineData("Hello {{name}}!", "Hello Mona!")]
    [InlineData("Hello {{ NAME }}!", "Hello Mona!")]
    [InlineData("Hello {{nobody|friend}}!", "Hello friend!")]
    [InlineData("Hello {{nobody}}, welcome", "Hello, welcome")]
    [InlineData("{{#if name}}Dear {{name}}{{else}}Hello{{/if}}.", "Dear Mona.")]
    [InlineData("{{#if nobody}}Dear{{else}}Hello{{/if}}.", "Hello.")]
    [InlineData("{{#if plan = gold}}Gold{{/if}}{{#if plan=silver}}Silver{{/if}}", "Gold")]
    [InlineData("{{#unless nobody}}A{{#if name}}B{{/if}}{{/unless}}C", "ABC")]
    [InlineData("مرحبا {{الاسم|صديقنا}}، الساعة {{time}}", "مرحبا ليلى، الساعة 10:30")]
    [InlineData("{one} brace", "{one} brace")]
    public void Render_FillsAndDecides(string template, string expected) => ReplyTemplate.Parse(template).Render(Values).ShouldBe(expected);

    [Theory]
    [InlineData("Hello {{name")]
    [InlineData("Hello name}}")]
    [InlineData("{{}}")]
    [InlineData("{{na me}}")]
    [InlineData("{{#if name}}open")]
    [InlineData("closed{{/if}}")]
    [InlineData("{{else}}")]
    [InlineData("{{#if name}}a{{else}}b{{else}}c{{/if}}")]
    [InlineData("{{#if name}}a{{/unless}}")]
    [InlineData("{{{name}}}")]
    public void Parse_OfABrokenTemplate_SaysWhere(string template)
    {
        ReplyTemplate.TryParse(template, out _, out var error).ShouldBeFalse();
        error!.Position.ShouldBeInRange(0, template.Length);
        Should.Throw<FormatException>(() => ReplyTemplate.Parse(template));
    }

    [Fact]
    public void Parse_BeyondTheLimits_IsRefused()
    {
        ReplyTemplate.TryParse(string.Concat(Enumerable.Repeat("{{#if a}}", 20)) + string.Concat(Enumerable.Repeat("{{/if}}", 20)), out _, out _).ShouldBeFalse();
        ReplyTemplate.TryParse(string.Concat(Enumerable.Repeat("{{a}}", 201)), out _, out _).ShouldBeFalse();
        ReplyTemplate.TryParse(new('a', 8193), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Variables_OfATemplate_AreListed() =>
        ReplyTemplate.Parse("{{name}} {{#if plan}}{{time|now}}{{/if}} {{NAME}}").Variables.Order().ShouldBe(["name", "plan", "time"]);

    // The one promise that has no exception: whatever stands in template, default or value, no customer sees a tag.
    [Fact]
    public void Render_OfAnything_NeverSendsATag()
    {
        var pieces = Gen.Elements("{{", "}}", "{", "}", "{{name}}", "{{name|", "{{#if a}}", "{{/if}}", "{{else}}", "{{x|{}}", " ", "name", "|", "ا", "{{a}}{", "}{{b}}");
        var texts = Gen.Select(Gen.ArrayOf(pieces), parts => string.Concat(parts));
        Prop.ForAll(Arb.From(texts), Arb.From(texts), Arb.From(texts), (template, first, second) =>
        {
            if (!ReplyTemplate.TryParse(template, out var parsed, out _)) return true;
            var sent = parsed.Render(new Dictionary<string, string?> { ["name"] = first, ["a"] = second, ["b"] = null });
            return !sent.Contains("{{", StringComparison.Ordinal) && !sent.Contains("}}", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static Dictionary<string, string?> Values => new() { ["name"] = "Mona", ["plan"] = "Gold", ["time"] = "10:30", ["الاسم"] = "ليلى", ["nobody"] = " " };
}
