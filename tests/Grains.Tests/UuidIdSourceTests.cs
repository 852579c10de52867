using Waqtor.TestKit.Time;

namespace Waqtor.Grains.Tests;

public sealed class UuidIdSourceTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(0x0123_4567_89AB);

    private readonly UuidIdSource _sut = new(new ManualTimeProvider(Now));

    [Fact]
    public void New_IsAUuidOfVersion7WithTheTime()
    {
        var id = _sut.New("evt");

        id.ShouldStartWith("evt_01234567-89ab-7");
        var uuid = Guid.ParseExact(id["evt_".Length..], "D");
        uuid.Version.ShouldBe(7);
        (uuid.Variant & 0b1100).ShouldBe(0b1000);
    }

    [Fact]
    public void New_MoreThanAreStockedAtOnce_AreAllDifferent()
    {
        var ids = Enumerable.Range(0, 5_000).Select(_ => _sut.New("evt")).ToList();

        ids.Distinct().Count().ShouldBe(ids.Count);
    }
}
