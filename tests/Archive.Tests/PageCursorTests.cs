using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.Archive.Tests;

public class PageCursorTests
{
    [Fact]
    public void Cursor_WrittenAndRead_IsTheSame() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Gen.Choose(int.MinValue, int.MaxValue).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(),
            pair =>
            {
                var cursor = new PageCursor((long)pair.Item1 * 1000, $"msg_{pair.Item2}|x", pair.Item2);
                PageCursor.Decode(cursor.Encode("list"), "list").ShouldBe(cursor);
            }));

    [Fact]
    public void Cursor_OfNothing_IsTheStart()
    {
        PageCursor.Decode(null, "list").ShouldBeNull();
        PageCursor.Decode("", "list").ShouldBeNull();
    }

    [Fact]
    public void Cursor_OfAnyText_IsReadOrRefused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            try
            {
                PageCursor.Decode(text, "list");
            }
            catch (ArgumentException refused)
            {
                refused.ParamName.ShouldBe("cursor");
            }
        }));
}
