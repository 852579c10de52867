namespace Waqtor.SmartBot.Tests;

/// <summary>Bounded by what is done, not by a clock: a text of any length costs what the first 4,096 characters cost.</summary>
public sealed class HostileInputTests
{
    private static readonly SmartBotModel Model = Shop.Train();

    public static TheoryData<string> Hostile =>
    [
        new string('a', 100_000), string.Concat(Enumerable.Repeat("ab ", 40_000)), string.Concat(Enumerable.Range(0, 30_000).Select(number => $"w{number} ")),
        new string('ا', 100_000), string.Concat(Enumerable.Repeat("\u064B", 100_000)), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 10_000)), new string('\uD800', 50_000),
        string.Concat(Enumerable.Repeat("ﷲ", 50_000)), string.Concat(Enumerable.Repeat("1-2 3.", 20_000)), new string('{', 100_000), new string('@', 100_000),
        string.Concat(Enumerable.Repeat("http://", 20_000)), string.Concat(Enumerable.Repeat("GB00 ", 20_000)), new string('\0', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 20_000)),
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void Everything_OnHostileText_StaysWithinItsLimits(string text)
    {
        TextNormalizer.Normalize(text).Length.ShouldBeLessThanOrEqualTo(TextNormalizer.LengthMax(text.Length));
        var buffer = new FeatureBuffer();
        new FeatureExtractor(ConceptLexicon.Default).Extract(text, buffer);
        buffer.Count.ShouldBeLessThanOrEqualTo(4 * TextNormalizer.LengthMax(text.Length));
        buffer.Count.ShouldBeLessThanOrEqualTo(70_000);

        Model.Match(text).Top.Count.ShouldBeLessThanOrEqualTo(3);
        LanguageDetector.Detect(text).Language.ShouldNotBeNull();
        SafetyChecks.Inbound(text).Has(SafetyChecks.TooLong).ShouldBe(text.Length > 4096);
        SafetyChecks.Outbound(text, new()).IsBlocked.ShouldBe(text.Length > 4096 || text.Contains("{{", StringComparison.Ordinal));
        ReplyExtractor.Extract(text).Text.Length.ShouldBeLessThanOrEqualTo(text.Length);
        ReplyTemplate.TryParse(text, out _, out var error).ShouldBe(error is null);
        RuleDocument.ReadJson(text).HasErrors.ShouldBeTrue();
        RuleDocument.ReadCsv(text).HasErrors.ShouldBeTrue();
    }

    [Fact]
    public void Match_OfALongText_LooksAtItsBeginningOnly()
    {
        var text = "where is my order " + string.Concat(Enumerable.Repeat("x ", 3000));
        Model.Match(text + "cancel cancel refund").ShouldBeEquivalentTo(Model.Match(text + "hours hours"));
    }

    [Fact]
    public void Train_WithHostilePhrases_IsBoundedByItsLimits()
    {
        var phrases = Enumerable.Range(0, 500).Select(number => $"phrase {number} " + new string('z', 300)).ToList();
        var model = Shop.Train([.. Shop.Rules, Shop.Rule("flood", phrases)]);

        model.Summary.Phrases.ShouldBe(Shop.Rules.Sum(rule => rule.Phrases.Count) + 200);
        model.Summary.Warnings.ShouldContain(warning => warning.Code == "too_many_phrases");
    }

    [Fact]
    public void Train_Cancelled_Stops() => Should.Throw<OperationCanceledException>(
        () => SmartBotModel.Train(Shop.Rules, ConceptLexicon.Default, TrainingOptions.Default, new CancellationToken(true)));

    [Fact]
    public void Match_FromManyThreads_IsTheSame()
    {
        var expected = Shop.Messages.Select(message => Model.Match(message.Text)).ToList();

        Parallel.For(0, 400, index => Model.Match(Shop.Messages[index % Shop.Messages.Count].Text).ShouldBeEquivalentTo(expected[index % expected.Count]));
    }
}
