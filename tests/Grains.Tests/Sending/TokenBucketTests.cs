using FsCheck;
using FsCheck.Fluent;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryTake_FullBucket_GivesItsCapacityAndThenOnePerInterval()
    {
        var sut = new TokenBucket(45, TimeSpan.FromSeconds(6));
        for (var i = 0; i < 45; i++) sut.TryTake(Start).ShouldBeTrue();

        sut.TryTake(Start).ShouldBeFalse();
        sut.NextAt(Start).ShouldBe(Start.AddSeconds(6));
        sut.TryTake(Start.AddSeconds(6)).ShouldBeTrue();
        sut.TryTake(Start.AddSeconds(6)).ShouldBeFalse();
        sut.IsFull(Start.AddSeconds(275)).ShouldBeFalse();
        sut.IsFull(Start.AddSeconds(276)).ShouldBeTrue();
    }

    [Fact]
    public void NextAt_AnyTake_IsExactlyWhenTheNextOneSucceeds()
    {
        var waits = Gen.Choose(0, 50).ListOf().Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(waits, list =>
        {
            var sut = new TokenBucket(3, TimeSpan.FromSeconds(1.0 / 80));
            var now = Start;
            foreach (var wait in list)
            {
                now += TimeSpan.FromMilliseconds(wait);
                var next = sut.NextAt(now);
                if (next > now && sut.TryTake(next - TimeSpan.FromTicks(1))) return false;
                if (!sut.TryTake(next)) return false;
                now = next;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
