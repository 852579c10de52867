namespace Waqtor.SmartBot.Tests;

public sealed class ConceptLexiconTests
{
    [Fact]
    public void Lexicon_Shipped_IsBroad() => ConceptLexicon.Default.Entries.ShouldBeGreaterThan(2000);

    [Fact]
    public void Lexicon_Extended_MakesWordsMeet()
    {
        var rules = new[] { Shop.Rule("rug", ["zarabi prices"]), Shop.Rule("lamp", ["lamp prices"]), Shop.Rule("chair", ["chair prices"]) };
        var plain = SmartBotModel.Train(rules, ConceptLexicon.Default, TrainingOptions.Default);
        var extended = SmartBotModel.Train(rules, ConceptLexicon.Default.With("rug: zarabi, موكيت # both\n\n# a comment"), TrainingOptions.Default);

        extended.Match("عندكم الموكيت").Top[0].RuleId.ShouldBe("rug");
        extended.Match("عندكم الموكيت").Top[0].Confidence.ShouldBeGreaterThan(plain.Match("عندكم الموكيت").Confidence);
    }

    [Theory]
    [InlineData("no colon here")]
    [InlineData(": word")]
    [InlineData("x: one two three four five")]
    public void Lexicon_WithABadLine_SaysWhich(string line) => Should.Throw<FormatException>(() => ConceptLexicon.Parse("ok: fine\n" + line)).Message.ShouldContain("Line 2");

    [Theory]
    [InlineData("وين طلبي", "where is my order")]
    [InlineData("بكم هذا", "how much is this")]
    public void Concepts_MeetAcrossLanguages(string arabic, string english)
    {
        var model = Shop.Train(Shop.Rules.Select(rule => rule with { Phrases = [.. rule.Phrases.Where(phrase => !phrase.Any(letter => Script.IsArabic(letter)))] }));
        model.Match(arabic).Top[0].RuleId.ShouldBe(model.Match(english).Top[0].RuleId);
    }
}
