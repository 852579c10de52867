using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.SmartBot.Tests;

/// <summary>Changes that no customer would notice must not change what they get.</summary>
public sealed class MetamorphicTests
{
    private static readonly SmartBotModel Model = Shop.Train();

    public static TheoryData<string> Texts => [.. Shop.Messages.Select(message => message.Text)];

    [Theory, MemberData(nameof(Texts))]
    public void Tashkeel_AndTatweel_ChangeNothing(string text)
    {
        var marked = string.Concat(text.Select((letter, index) => Script.IsArabic(letter) ? letter + (index % 2 == 0 ? "\u064E\u0640" : "\u0651") : letter.ToString()));
        ShouldMatchAlike(marked, text);
    }

    [Theory, MemberData(nameof(Texts))]
    public void AlefAndYehForms_ChangeNothing(string text) => ShouldMatchAlike(text.Replace('ا', 'أ').Replace('ه', 'ة').Replace('ي', 'ى'), text);

    [Theory, MemberData(nameof(Texts))]
    public void CaseSpacesPunctuationAndInvisibleMarks_ChangeNothing(string text) =>
        ShouldMatchAlike($"  \u200F{text.ToUpperInvariant().Replace(" ", "  \u200B", StringComparison.Ordinal)}!!؟ ", text);

    [Theory, MemberData(nameof(Texts))]
    public void OrderOfRulesAndPhrases_ChangesNothing(string text)
    {
        var turned = Shop.Train(Shop.Rules.Reverse().Select(rule => rule with { Phrases = [.. rule.Phrases.Reverse()] }));
        turned.Match(text).ShouldBeEquivalentTo(Model.Match(text));
    }

    [Theory, MemberData(nameof(Texts))]
    public void RepeatedPhrase_ChangesNothing(string text)
    {
        var repeated = Shop.Train(Shop.Rules.Select(rule => rule with { Phrases = [.. rule.Phrases, rule.Phrases[0] + "!", rule.Phrases[0]] }));
        repeated.Match(text).ShouldBeEquivalentTo(Model.Match(text));
    }

    [Fact]
    public void UnrelatedRule_MovesNoConfidenceMuch()
    {
        var more = Shop.Train(Shop.Rules.Append(Shop.Rule(
            "chess", ["teach me the sicilian defence", "grandmaster tournament bracket", "knight takes bishop", "نقلة الحصان في الشطرنج", "بطولة الشطرنج", "كش ملك"])));
        foreach (var (text, _) in Shop.Messages)
        {
            var (before, after) = (Model.Match(text), more.Match(text));
            after.Top[0].RuleId.ShouldBe(before.Top[0].RuleId);
            Math.Abs(after.Confidence - before.Confidence).ShouldBeLessThanOrEqualTo(0.1, text);
        }
    }

    [Fact]
    public void Training_Twice_GivesTheSameModel()
    {
        var again = Shop.Train();
        foreach (var (text, _) in Shop.Messages) again.Match(text).ShouldBeEquivalentTo(Model.Match(text));
        again.Summary.AccuracyByRule.ShouldBe(Model.Summary.AccuracyByRule);
        (again.Summary.Features, again.Summary.Accuracy).ShouldBe((Model.Summary.Features, Model.Summary.Accuracy));
    }

    [Fact]
    public void Normalizing_Twice_ChangesNothing() => Prop.ForAll<string>(text =>
    {
        var once = TextNormalizer.Normalize(text);
        return TextNormalizer.Normalize(once) == once;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Match_OfAnyText_HasHonestNumbers() => Prop.ForAll<string>(text =>
    {
        var match = Model.Match(text ?? "");
        return match.Confidence is >= 0 and <= 1 && match.Top.Count <= 3 && match.Top.All(candidate => candidate.Confidence is >= 0 and <= 1)
            && (!match.IsOutOfScope || match.Decision == MatchDecision.Pass);
    }).QuickCheckThrowOnFailure();

    private static void ShouldMatchAlike(string changed, string text) => Model.Match(changed).ShouldBeEquivalentTo(Model.Match(text));
}
