using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

public sealed class OfferLimitsTests
{
    [Fact]
    public void Check_AtEveryLimit_FindsNothing()
    {
        var buttons = new Offer
        {
            Header = Of(60), Footer = Of(60),
            Buttons = [new OfferButton(Of(256), Of(20)), new OfferButton("2", "b"), new OfferButton("3", "c")],
        };
        OfferLimits.Check(Of(1024), buttons).ShouldBeEmpty();
        var rows = Enumerable.Range(0, 9).Select(i => new OfferRow(i + Of(199), Of(24), Of(72)));
        var list = new Offer { List = new OfferList(Of(20), [new OfferSection(Of(24), [.. rows]), new OfferSection("b", [new OfferRow("x", "x")])]) };
        OfferLimits.Check("a", list).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0, "text")]
    [InlineData(1025, 1, "text")]
    [InlineData(1, 0, "buttons")]
    [InlineData(1, 4, "buttons")]
    public void Check_WrongTextOrCount_NamesTheField(int characters, int buttons, string field)
    {
        var offer = new Offer { Buttons = [.. Enumerable.Range(0, buttons).Select(i => new OfferButton($"{i}", $"t{i}"))] };
        OfferLimits.Check(Of(characters), offer).Select(problem => problem.Field).ShouldContain(field);
    }

    [Fact]
    public void Check_EveryPartTooLong_NamesEachOfThem()
    {
        var buttons = new Offer { Header = Of(61), Footer = Of(61), Buttons = [new OfferButton(Of(257), Of(21)), new OfferButton("", " ")] };
        OfferLimits.Check("a", buttons).Select(problem => problem.Field).ShouldBe(
            ["header", "footer", "buttons[0].id", "buttons[0].title", "buttons[1].id", "buttons[1].title"]);
        var list = new Offer { List = new OfferList(Of(21), [new OfferSection(Of(25), [new OfferRow(Of(201), Of(25), Of(73))]), new OfferSection(null, [])]) };
        OfferLimits.Check("a", list).Select(problem => problem.Field).ShouldBe(
            ["button", "sections[0].title", "sections[0].rows[0].id", "sections[0].rows[0].title", "sections[0].rows[0].description", "sections[1].title", "sections[1].rows"]);
    }

    [Fact]
    public void Check_TwinsOrElevenRows_AreRefused()
    {
        OfferLimits.Check("a", new Offer { Buttons = [new OfferButton("1", "a"), new OfferButton("1", "b")] }).Single().Field.ShouldBe("buttons");
        OfferLimits.Check("a", new Offer { Buttons = [new OfferButton("1", "a"), new OfferButton("2", "a")] }).Single().Field.ShouldBe("buttons");
        var eleven = Enumerable.Range(0, 11).Select(i => new OfferRow($"{i}", $"{i}"));
        OfferLimits.Check("a", new Offer { List = new OfferList("o", [new OfferSection(null, [.. eleven])]) }).Single().Field.ShouldBe("sections");
        var twins = new OfferSection(null, [new OfferRow("1", "a"), new OfferRow("1", "b")]);
        OfferLimits.Check("a", new Offer { List = new OfferList("o", [twins]) }).Single().Field.ShouldBe("sections");
    }

    private static string Of(int characters) => new('x', characters);
}
