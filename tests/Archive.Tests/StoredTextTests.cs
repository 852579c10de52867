using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.Archive.Tests;

public class StoredTextTests
{
    [Fact]
    public void Clean_OfAnyText_IsWhatBothDatabasesHold() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Gen.Choose(0, 0xFFFF).Select(code => (char)code).ArrayOf().Select(letters => new string(letters)).ToArbitrary(), text =>
        {
            var clean = StoredText.Clean(text)!;
            clean.ShouldNotContain('\0');
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(clean).ShouldBeGreaterThanOrEqualTo(clean.Length);
            StoredText.Clean(clean).ShouldBe(clean);
        }));

    [Fact]
    public void Clean_OfGoodText_IsThatText()
    {
        const string Good = "شكرا 👍🏽 ok";
        StoredText.Clean(Good).ShouldBe(Good);
        StoredText.Clean(null).ShouldBeNull();
    }
}
