using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.SmartBot.Tests;

public sealed class RuleDocumentTests
{
    private static readonly RuleEntry Full = new()
    {
        Id = "rul_1", Name = "Opening, \"hours\"", Phrases = ["متى تفتحون؟", "open|close", "back\\slash", "=SUM(A1)"], NegativePhrases = ["never"], Language = "ar", Priority = -3,
        Enabled = false, Reply = "Hello {{name|friend}},\nwe open at 9", Interactive = JsonDocument.Parse("""{"kind":"buttons","body":"hi"}""").RootElement,
        Schedule = JsonDocument.Parse("""{"days":[1,2]}""").RootElement,
    };

    [Fact]
    public void Json_WrittenAndRead_IsTheSame() => ShouldBeSame(RuleDocument.ReadJson(RuleDocument.WriteJson([Full])));

    [Fact]
    public void Csv_WrittenAndRead_IsTheSame() => ShouldBeSame(RuleDocument.ReadCsv(RuleDocument.WriteCsv([Full])));

    [Fact]
    public void Json_WithArabic_StaysReadable() => RuleDocument.WriteJson([Full]).ShouldContain("متى تفتحون؟");

    [Fact]
    public void Formats_OfAnyText_RoundTrip() => Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((name, phrase, reply) =>
    {
        var rule = new RuleEntry { Name = "n" + Clean(name.Get), Phrases = ["p" + Clean(phrase.Get), Clean(reply.Get)], Reply = "r" + Clean(reply.Get).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal) };
        return Same(RuleDocument.ReadJson(RuleDocument.WriteJson([rule])), rule) && Same(RuleDocument.ReadCsv(RuleDocument.WriteCsv([rule])), rule);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("name;phrases;reply\nHours;when open|متى;At nine\n")]
    [InlineData("\uFEFFName,Phrases,Reply\r\nHours,\"when open\nمتى\",At nine")]
    [InlineData("phrases\tname\treply\nwhen open|متى\tHours\tAt nine")]
    public void Csv_OfASpreadsheet_IsRead(string text)
    {
        var import = RuleDocument.ReadCsv(text);
        import.Problems.ShouldBeEmpty();
        var rule = import.Rules.ShouldHaveSingleItem();
        (rule.Name, rule.Reply, rule.Enabled).ShouldBe(("Hours", "At nine", true));
        rule.Phrases.ShouldBe(["when open", "متى"]);
    }

    [Fact]
    public void Csv_Written_HoldsNoFormula() =>
        RuleDocument.WriteCsv([new() { Name = "=cmd()", Phrases = ["x"], Reply = "+1" }]).Split('\n')[1].Split(',').ShouldNotContain(cell => cell.StartsWith('=') || cell.StartsWith('+'));

    [Fact]
    public void Import_WithFaults_KeepsTheGoodAndReportsTheRest()
    {
        var import = RuleDocument.ReadJson("""
            {"rules": [
              {"name": "Good", "phrases": ["when do you open"], "reply": "At nine"},
              {"name": "", "phrases": [], "reply": ""},
              {"name": "Bad template", "phrases": ["x"], "reply": "Hi {{name"},
              {"name": "Bad type", "phrases": ["x"], "reply": "x", "priority": "high"},
              {"name": "Odd", "phrases": ["y"], "reply": "x", "colour": "red"},
              7
            ]}
            """);

        import.Rules.Select(rule => rule.Name).ShouldBe(["Good", "Odd"]);
        import.HasErrors.ShouldBeTrue();
        import.Problems.Where(problem => problem.Row == 2).Select(problem => problem.Field).ShouldBe(["name", "phrases", "reply"]);
        import.Problems.ShouldContain(problem => problem.Row == 3 && problem.Field == "reply" && problem.Code == "invalid");
        import.Problems.ShouldContain(problem => problem.Row == 4 && problem.Field == "priority" && problem.IsError);
        import.Problems.ShouldContain(problem => problem.Row == 5 && problem.Code == "unknown_field" && !problem.IsError);
        import.Problems.ShouldContain(problem => problem.Row == 6);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"rules\": 5}")]
    public void Json_Unreadable_IsReported(string text) => RuleDocument.ReadJson(text).Problems.ShouldHaveSingleItem().Code.ShouldBe("unreadable");

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2")]
    [InlineData("name,phrases\n\"open")]
    public void Csv_Unreadable_IsReported(string text) => RuleDocument.ReadCsv(text).Problems.ShouldHaveSingleItem().Code.ShouldBe("unreadable");

    private static string Clean(string text) => string.Concat(text.Where(character => !char.IsSurrogate(character) && character != '\0' && character != '\uFEFF')).Trim() is { Length: < 190 } clean ? clean : "long";

    private static bool Same(RuleImport import, RuleEntry rule) => import.Rules.Count == 1 && import.Rules[0].Name == rule.Name && import.Rules[0].Reply == rule.Reply
        && import.Rules[0].Phrases.SequenceEqual(rule.Phrases);

    private static void ShouldBeSame(RuleImport import)
    {
        import.Problems.ShouldBeEmpty();
        var rule = import.Rules.ShouldHaveSingleItem();
        rule.ShouldSatisfyAllConditions(
            () => rule.Id.ShouldBe(Full.Id), () => rule.Name.ShouldBe(Full.Name), () => rule.Phrases.ShouldBe(Full.Phrases), () => rule.NegativePhrases.ShouldBe(Full.NegativePhrases),
            () => rule.Language.ShouldBe(Full.Language), () => rule.Priority.ShouldBe(Full.Priority), () => rule.Enabled.ShouldBe(Full.Enabled), () => rule.Reply.ShouldBe(Full.Reply),
            () => JsonElement.DeepEquals(rule.Interactive!.Value, Full.Interactive!.Value).ShouldBeTrue(),
            () => JsonElement.DeepEquals(rule.Schedule!.Value, Full.Schedule!.Value).ShouldBeTrue());
    }
}
