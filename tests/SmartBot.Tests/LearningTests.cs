namespace Waqtor.SmartBot.Tests;

public sealed class LearningTests
{
    [Fact]
    public void Clusters_GroupWhatAsksTheSame_MostFirst()
    {
        UnmatchedText[] texts =
        [
            new("1", "do you have gift cards"), new("2", "can I buy a gift card"), new("3", "gift cards available?"), new("4", "Do you have GIFT cards?!"),
            new("5", "هل عندكم توظيف"), new("6", "في وظائف عندكم"), new("7", "👍"),
        ];

        var clusters = PhraseClusters.Cluster(texts, Shop.Train(), ConceptLexicon.Default);

        clusters[0].Count.ShouldBe(4);
        clusters[0].Texts.Select(text => text.Id).Order().ShouldBe(["1", "2", "3"]);
        clusters.SelectMany(cluster => cluster.Texts).ShouldNotContain(text => text.Id == "7");
        clusters.Single(cluster => cluster.Texts.Any(text => text.Id == "5")).Texts.ShouldContain(text => text.Id == "6");
    }

    [Fact]
    public void Clusters_NameTheRuleThatATextMayBelongTo()
    {
        var clusters = PhraseClusters.Cluster([new("1", "where did my order go")], Shop.Train(), ConceptLexicon.Default);

        clusters.ShouldHaveSingleItem().RuleId.ShouldBe("track");
        PhraseClusters.Cluster([new("1", "where did my order go")], null, ConceptLexicon.Default).ShouldHaveSingleItem().RuleId.ShouldBeNull();
    }

    [Fact]
    public void SmallestMargin_AsksAboutTheUndecidedFirst()
    {
        var model = Shop.Train();
        UnmatchedText[] texts = [.. Shop.Messages.Select((message, index) => new UnmatchedText($"{index}", message.Text)), new("double", Shop.Messages[0].Text + "!")];

        var asked = PhraseClusters.SmallestMargin(texts, model, 5);

        asked.Count.ShouldBe(5);
        asked.Select(text => model.Match(text.Text).Margin).ShouldBeInOrder();
        asked[^1].ShouldSatisfyAllConditions(() => texts.Count(text => model.Match(text.Text).Margin < model.Match(asked[^1].Text).Margin).ShouldBeLessThanOrEqualTo(5));
    }

    [Fact]
    public void Comparison_OfAWorseModel_RefusesTheSwap()
    {
        var good = Shop.Train().Summary;
        var bad = Shop.Train(Shop.Rules.Select((rule, index) => rule with { Phrases = [.. rule.Phrases, .. Shop.Rules[(index + 1) % 10].Phrases.Select(phrase => phrase + " now")] })).Summary;

        var refused = ModelComparison.Compare(good, bad);

        refused.IsRefused.ShouldBeTrue();
        refused.Reason.ShouldNotBeNull();
        refused.WorseRules.ShouldNotBeEmpty();
        ModelComparison.Compare(good, good).IsRefused.ShouldBeFalse();
        ModelComparison.Compare(good, bad, pointsAllowed: 100).IsRefused.ShouldBeFalse();
    }

    [Fact]
    public void Comparison_WithANewRule_JudgesTheOldOnesOnly()
    {
        var before = Shop.Train().Summary;
        var after = Shop.Train(Shop.Rules.Append(Shop.Rule("odd", ["zebra", "quantum", "violin", "harvest"]))).Summary;

        ModelComparison.Compare(before, after).IsRefused.ShouldBeFalse();
    }
}
