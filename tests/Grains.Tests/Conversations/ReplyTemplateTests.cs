using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class ReplyTemplateTests
{
    [Theory]
    [InlineData("{{messageCount}}|{{text}}", "2|a\nb")]
    [InlineData("Hi {{name|friend}}!", "Hi friend!")]
    [InlineData("Hi {{ name }}!", "Hi !")]
    [InlineData("{{unknown}}", "")]
    [InlineData("{{text", "{{text")]
    [InlineData("no placeholder }}", "no placeholder }}")]
    [InlineData("", "")]
    public void Render_Template_LeavesNoPlaceholder(string template, string expected)
    {
        ReplyTemplate.Render(template, Value).ShouldBe(expected);
    }

    [Fact]
    public void Render_CustomerWritesAPlaceholder_IsNotFilledIn()
    {
        ReplyTemplate.Render("{{text}}", name => name == "text" ? "{{phone}}" : "secret").ShouldBe("{{phone}}");
    }

    private static string? Value(string name) => name switch { "messageCount" => "2", "text" => "a\nb", _ => null };
}
