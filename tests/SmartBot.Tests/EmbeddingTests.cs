using Microsoft.Extensions.AI;

namespace Waqtor.SmartBot.Tests;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task LexicalEmbeddings_AreUnitVectors_NearForLikeTexts()
    {
        using var generator = new LexicalEmbeddingGenerator();
        var vectors = (await generator.GenerateAsync(["where is my order", "WHERE is my order?!", "where's the order I made", "how much is a dress"])).Select(embedding => embedding.Vector.ToArray()).ToList();

        vectors.ShouldAllBe(vector => vector.Length == 2048 && Math.Abs(Dot(vector, vector) - 1) < 1e-4);
        Dot(vectors[0], vectors[1]).ShouldBe(1, 1e-4);
        Dot(vectors[0], vectors[2]).ShouldBeGreaterThan(Dot(vectors[0], vectors[3]) + 0.2);
        generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions.ShouldBe(2048);
    }

    [Fact]
    public void OutsideVectors_WhenTheyTellMore_Decide()
    {
        // An embedder that knows the rules apart by meaning: one axis for each.
        float[] Axis(int index) => [.. Enumerable.Range(0, 16).Select(axis => axis == index ? 1f : 0.01f)];
        var axisOf = Shop.Rules.SelectMany((rule, index) => rule.Phrases.Select(phrase => (phrase, index))).ToDictionary(entry => entry.phrase, entry => entry.index);
        var options = new TrainingOptions { PhraseVectors = text => Axis(axisOf.GetValueOrDefault(text, 15)) };
        var model = Shop.Train(options: options);

        model.Match("absolutely unseen wording", Axis(3)).Top[0].RuleId.ShouldBe(Shop.Rules[3].Id);
        model.Match("where is my order now", Axis(2)).Decision.ShouldBe(MatchDecision.Answer);
        // Without a vector, or with one of another size, the words decide as if there were no embedder.
        model.Match("وين صارت شحنتي").ShouldBeEquivalentTo(Shop.Train().Match("وين صارت شحنتي"));
        model.Match("وين صارت شحنتي", new float[] { 1, 2 }).ShouldBeEquivalentTo(Shop.Train().Match("وين صارت شحنتي"));
    }

    [Fact]
    public void OutsideVectors_WhenOneIsMissing_AreNotUsed()
    {
        var model = Shop.Train(options: new() { PhraseVectors = text => text == Shop.Rules[0].Phrases[0] ? null : [1, 0] });
        model.Match("where is my order now", new float[] { 1, 0 }).ShouldBeEquivalentTo(Shop.Train().Match("where is my order now"));
    }

    private static double Dot(float[] first, float[] second) => first.Zip(second, (a, b) => (double)a * b).Sum();
}
