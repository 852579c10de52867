using FsCheck;
using FsCheck.Fluent;
using Waqtor.Api.Inbound;

namespace Waqtor.Api.Tests.Inbound;

public sealed class RawBodyTests
{
    [Fact]
    public void Bytes_Kept_ComeBackTheSame() =>
        Prop.ForAll<byte[]>(bytes => RawBody.Restore(RawBody.Keep(bytes)).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_IsKeptAsItIs() => RawBody.Keep("{\"مرحبا\":1}"u8).ShouldBe("{\"مرحبا\":1}");

    [Fact]
    public void Text_ThatLooksLikeOurMark_ComesBackTheSame()
    {
        var bytes = "base64:AAAA"u8.ToArray();
        RawBody.Restore(RawBody.Keep(bytes)).ShouldBe(bytes);
    }
}
