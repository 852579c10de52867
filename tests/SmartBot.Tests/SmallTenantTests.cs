namespace Waqtor.SmartBot.Tests;

public sealed class SmallTenantTests
{
    [Fact]
    public void Match_WithoutRules_PassesOn()
    {
        var model = Shop.Train([]);
        model.Match("hello").ShouldBe(MatchResult.None);
        model.Summary.Rules.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Match_WithFewRules_KnowsItsOwnAndLeavesTheRest(int count)
    {
        var model = Shop.Train(Shop.Rules.Take(count));

        foreach (var rule in Shop.Rules.Take(count)) model.Match(rule.Phrases[0]).Top[0].RuleId.ShouldBe(rule.Id);
        model.Match("what time do you open").Top[0].RuleId.ShouldBe("hours");
        model.Match("the cat sat upon a mountain of gold").Decision.ShouldBe(MatchDecision.Pass);
        model.Summary.IsCalibrated.ShouldBeFalse();
        model.Summary.Warnings.ShouldContain(warning => warning.Code == "shipped_calibration");
    }

    [Fact]
    public void Train_WithOnePhrasePerRule_Works()
    {
        var model = Shop.Train(Shop.Rules.Select(rule => rule with { Phrases = [rule.Phrases[0]] }));

        model.Match("where is the shop").Top[0].RuleId.ShouldBe("location");
        model.Summary.Accuracy.ShouldBeNull();
        model.Summary.Warnings.Count(warning => warning.Code == "few_phrases").ShouldBe(Shop.Rules.Count);
    }

    [Fact]
    public void Train_WithEmptyPhrases_LeavesTheRuleOutAndSaysSo()
    {
        var model = Shop.Train([.. Shop.Rules, Shop.Rule("empty", ["", "  ", "?!"])]);

        model.Summary.Rules.ShouldBe(Shop.Rules.Count);
        model.Summary.Warnings.ShouldContain(warning => warning.Code == "no_phrases" && warning.RuleId == "empty");
        Shop.Train([Shop.Rule("empty", [""])]).Match("hello").ShouldBe(MatchResult.None);
    }

    [Fact]
    public void Match_OfAnEmojiAlone_FindsTheRuleThatHasIt()
    {
        var model = Shop.Train([.. Shop.Rules, Shop.Rule("thumb", ["👍", "👍🏽👍", "👌", "🙏"])]);

        model.Match("👍🏿").Top[0].RuleId.ShouldBe("thumb");
        Shop.Train().Match("🦄🦄").Decision.ShouldBe(MatchDecision.Pass);
    }

    [Fact]
    public void Summary_OfRules_SaysWhatToMend()
    {
        var model = Shop.Train([.. Shop.Rules, Shop.Rule("english", ["gift wrapping", "can you wrap it as a gift", "wrap my present", "gift box", "When do you open?"])]);

        model.Summary.Languages["english"].ShouldBe(["en"]);
        model.Summary.Languages["hours"].ShouldBe(["ar", "en"]);
        model.Summary.Warnings.ShouldContain(warning => warning.Code == "missing_language" && warning.RuleId == "english");
        model.Summary.Warnings.ShouldContain(warning => warning.Code == "phrase_in_two_rules");
        model.Summary.IsCalibrated.ShouldBeTrue();
        model.Summary.Accuracy!.Value.ShouldBeGreaterThan(0.4);
    }
}
