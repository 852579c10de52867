using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests.SmartBot;

public sealed class RuleClockTests
{
    // A Friday, 12:00 UTC, 15:00 in Riyadh.
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null, 0, true)]
    [InlineData("09:00", "12:00", null, 0, false)]
    [InlineData("12:00", "13:00", null, 0, true)]
    [InlineData("14:00", "16:00", "Asia/Riyadh", 0, true)]
    [InlineData("22:00", "02:00", null, 13, true)]
    [InlineData("22:00", "02:00", null, 14, false)]
    [InlineData("22:00", "02:00", null, 10, true)]
    public void IsOpen_HoursOfFriday_InTheirOwnZone(string? from, string? to, string? zone, int hoursLater, bool expected) =>
        RuleClock.IsOpen(new RuleSchedule { From = from, To = to, TimeZone = zone, Days = ["friday"] }, Noon.AddHours(hoursLater)).ShouldBe(expected);

    [Fact]
    public void IsOpen_OtherDayOrOutsideItsTime_IsClosed()
    {
        RuleClock.IsOpen(new RuleSchedule { Days = ["monday"] }, Noon).ShouldBeFalse();
        RuleClock.IsOpen(new RuleSchedule { StartsAt = Noon.AddMinutes(1) }, Noon).ShouldBeFalse();
        RuleClock.IsOpen(new RuleSchedule { EndsAt = Noon }, Noon).ShouldBeFalse();
        RuleClock.IsOpen(new RuleSchedule { StartsAt = Noon, EndsAt = Noon.AddMinutes(1) }, Noon).ShouldBeTrue();
        RuleClock.IsOpen(null, Noon).ShouldBeTrue();
    }
}
