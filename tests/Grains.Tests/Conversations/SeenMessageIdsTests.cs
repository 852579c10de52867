using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

public sealed class SeenMessageIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly SeenMessageIds _sut = new();

    [Fact]
    public void Add_BeyondTheLimitOnOneDay_ForgetsTheOldestOfThatDay()
    {
        for (var i = 0; i < 12; i++) _sut.Add($"m{i}", Now, idsMax: 10);

        Known(12).ShouldBe(Enumerable.Range(2, 10));
    }

    [Fact]
    public void Add_BeyondTheLimitOnTheNextDay_ForgetsNoMoreThanIsTooMuch()
    {
        for (var i = 0; i < 10; i++) _sut.Add($"m{i}", Now, idsMax: 10);

        _sut.Add("m10", Now.AddDays(1), idsMax: 10);

        Known(11).ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public void Add_LimitWasMadeSmaller_ForgetsWholeDaysAndTheRestOfOne()
    {
        for (var i = 0; i < 10; i++) _sut.Add($"m{i}", Now.AddDays(i / 5), idsMax: 10);

        _sut.Add("m10", Now.AddDays(2), idsMax: 3);

        Known(11).ShouldBe([8, 9, 10]);
        _sut.Days.Count.ShouldBe(2);
    }

    private IEnumerable<int> Known(int added) => Enumerable.Range(0, added).Where(i => _sut.Contains($"m{i}"));
}
