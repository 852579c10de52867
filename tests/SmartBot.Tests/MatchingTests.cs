namespace Waqtor.SmartBot.Tests;

public sealed class MatchingTests
{
    private static readonly SmartBotModel Model = Shop.Train();

    [Fact]
    public void Match_OfCustomersWords_FindsTheRuleMostly()
    {
        var right = Shop.Messages.Count(message => Model.Match(message.Text).Top[0].RuleId == message.Rule);
        var among = Shop.Messages.Count(message => Model.Match(message.Text).Top.Any(candidate => candidate.RuleId == message.Rule));

        right.ShouldBeGreaterThanOrEqualTo(Shop.Messages.Count * 85 / 100);
        among.ShouldBeGreaterThanOrEqualTo(Shop.Messages.Count * 95 / 100);
    }

    [Fact]
    public void Match_OfAnOwnPhrase_IsCertain()
    {
        foreach (var rule in Shop.Rules)
        {
            foreach (var phrase in rule.Phrases)
            {
                var match = Model.Match(phrase);
                (match.Top[0].RuleId, match.Confidence, match.Decision).ShouldBe((rule.Id, 1, MatchDecision.Answer));
            }
        }
    }

    [Fact]
    public void Match_Candidates_AreOrderedAndExplained()
    {
        var match = Model.Match("where is my parcel please");

        match.Top.Count.ShouldBe(3);
        match.Top.Select(candidate => candidate.Confidence).ShouldBeInOrder(SortDirection.Descending);
        match.Margin.ShouldBe(match.Top[0].Confidence - match.Top[1].Confidence, 1e-9);
        foreach (var candidate in match.Top) Shop.Rules.Single(rule => rule.Id == candidate.RuleId).Phrases.ShouldContain(candidate.Phrase);
    }

    [Theory]
    [InlineData("what is the capital of japan and who rules it")]
    [InlineData("اللهم اغفر لنا وارحمنا يا كريم")]
    [InlineData("zxcvb qwrtp mnbvv")]
    [InlineData("")]
    [InlineData("؟!...")]
    public void Match_OfSomethingElse_PassesOn(string text)
    {
        var match = Model.Match(text);
        (match.IsOutOfScope, match.Decision).ShouldBe((true, MatchDecision.Pass));
    }

    [Theory]
    [InlineData("hello good morning")]
    [InlineData("thank you so much")]
    [InlineData("كيف حالك")]
    public void Match_OfSmallTalk_IsNotAnswered(string text) => Model.Match(text).Decision.ShouldBe(MatchDecision.Pass);

    [Fact]
    public void Match_OfAGreeting_WithARuleForIt_Answers()
    {
        var model = Shop.Train(Shop.Rules.Append(Shop.Rule("hello", ["hello", "hi", "السلام عليكم", "مرحبا", "good morning"])));

        model.Match("hello!").Top[0].RuleId.ShouldBe("hello");
        model.Match("وعليكم السلام").Top[0].RuleId.ShouldBe("hello");
    }

    [Fact]
    public void Match_OfANegativePhrase_LeavesTheRule()
    {
        const string Text = "where is my order number written";
        Model.Match(Text).Top[0].RuleId.ShouldBe("track");
        var rules = Shop.Rules.Select(rule => rule.Id == "track" ? rule with { NegativePhrases = [Text] } : rule);

        Shop.Train(rules).Match(Text).Top.ShouldNotContain(candidate => candidate.RuleId == "track");
    }

    [Fact]
    public void Match_OfAPhraseInTwoRules_GoesByPriority()
    {
        var rules = Shop.Rules.Concat([Shop.Rule("a-low", ["wholesale please"], priority: 1), Shop.Rule("b-high", ["wholesale please"], priority: 5)]);

        Shop.Train(rules).Match("Wholesale, please!").Top[0].RuleId.ShouldBe("b-high");
    }

    [Fact]
    public void Match_OfATextThatFitsThreeRulesEquallyWell_IsAMenu()
    {
        var rules = ((string[])["price", "size", "recipe"]).Select(word => Shop.Rule(word, [word + " apple cake", "apple cake " + word])).ToList();

        var unsure = Shop.Train(rules).Match("apple cake");
        unsure.Decision.ShouldBe(MatchDecision.Menu);
        unsure.Top.Count.ShouldBe(3);
        unsure.Top[0].Confidence.ShouldBeLessThan(0.75);
        Shop.Train(rules).Match("the recipe of the apple cake").Decision.ShouldBe(MatchDecision.Answer);
    }

    [Fact]
    public void Thresholds_OfTheOptions_Decide()
    {
        const string Text = "when is delivery open to collect";
        var bold = Shop.Train(options: new() { AnswerThreshold = 0.01, ConsiderThreshold = 0, Strictness = 0.05 });
        var careful = Shop.Train(options: new() { AnswerThreshold = 1.01, ConsiderThreshold = 0, ClearMargin = 2, Strictness = 0.05 });

        bold.Match(Text).Decision.ShouldBe(MatchDecision.Answer);
        careful.Match(Text).Decision.ShouldBe(MatchDecision.Menu);
    }

    [Fact]
    public void Strictness_WhenHigher_RefusesMore()
    {
        string[] texts = [.. Shop.Messages.Select(message => message.Text), "my cat likes the sea", "open the window", "what a day", "send my regards"];
        int Refused(double strictness) => texts.Count(OutOf(strictness));

        Refused(0.15).ShouldBeGreaterThanOrEqualTo(Refused(0.05));
    }

    private static Func<string, bool> OutOf(double strictness)
    {
        var model = Shop.Train(options: new() { Strictness = strictness });
        return text => model.Match(text).IsOutOfScope;
    }
}
