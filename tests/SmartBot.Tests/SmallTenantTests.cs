namespace Waqtor.SmartBot.Tests;

public sealed class SmallTenantTests
{
    [Fact]
    public void Match_WithoutRules_PassesOn() => Train().Match("hello").Decision.ShouldBe(MatchDecision.Pass);

    [Fact]
    public void Match_OfARulesOwnPhrase_Answers()
    {
        var model = Train(
            new("hours", "Opening hours", ["When do you open?", "متى تفتحون", "opening hours", "ساعات العمل"], []),
            new("where", "Where we are", ["Where is your shop?", "وين المحل", "your address please", "موقعكم وين"], []));

        var result = model.Match("متى تفتحون؟");

        result.Top[0].RuleId.ShouldBe("hours");
        result.Decision.ShouldBe(MatchDecision.Answer);
    }

    private static SmartBotModel Train(params RuleDefinition[] rules) => SmartBotModel.Train(rules, ConceptLexicon.Default, TrainingOptions.Default);
}
