using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sending;

public sealed class DailyContactsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 5, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Free = Start.AddHours(24).AddMinutes(5);

    private readonly DailyContacts _sut = new(2, [], Start);

    [Fact]
    public void Count_UpToTheLimit_LeavesNoRoomUntilTheFirstIsADayOld()
    {
        _sut.Count(null, Start);
        _sut.HasRoom(Start).ShouldBeTrue();
        _sut.Count(null, Start.AddHours(1));

        _sut.RoomAt(Start.AddHours(1)).ShouldBe(Free);
        _sut.HasRoom(Free.AddTicks(-1)).ShouldBeFalse();
        _sut.HasRoom(Free).ShouldBeTrue();
        _sut.Count(null, Free);
        _sut.RoomAt(Free).ShouldBe(Free.AddHours(1));
    }

    [Fact]
    public void Count_ContactOfTheSameDay_IsCountedAnewAndNotTwice()
    {
        _sut.Count(null, Start);
        _sut.Count(Start, Start.AddHours(23));
        _sut.HasRoom(Start.AddHours(23)).ShouldBeTrue();

        _sut.Count(null, Start.AddHours(23));
        _sut.RoomAt(Start.AddHours(24)).ShouldBe(Free.AddHours(23));
    }

    [Fact]
    public void Count_ContactOfTheDayBefore_IsANewOne()
    {
        DailyContacts.IsCounted(Start, Free.AddTicks(-1)).ShouldBeTrue();
        DailyContacts.IsCounted(Start, Free).ShouldBeFalse();
        DailyContacts.IsCounted(null, Start).ShouldBeFalse();
        DailyContacts.IsCounted(Start.AddDays(300), Start).ShouldBeFalse("the clock was set back since");
    }

    [Fact]
    public void RoomAt_LimitThatWasLowered_WaitsUntilEnoughAreADayOld()
    {
        _sut.Limit = 10;
        for (var hour = 0; hour < 10; hour++) _sut.Count(null, Start.AddHours(hour));

        _sut.Limit = 3;

        _sut.RoomAt(Start.AddHours(9)).ShouldBe(Free.AddHours(7));
    }

    [Fact]
    public void Slices_OfAMillionContacts_AreFewAndCanBeTakenUpAgain()
    {
        _sut.Limit = 1_000_000;
        var now = Start;
        for (var i = 0; i < 1_000_000; i++) _sut.Count(null, now += TimeSpan.FromSeconds(0.2));
        _sut.Slices.Length.ShouldBeLessThanOrEqualTo(146);

        var again = new DailyContacts(1_000_000, _sut.Slices, now);

        again.Slices.ShouldBe(_sut.Slices);
        again.Slices.Sum(slice => slice.Contacts).ShouldBeInRange(24 * 3_600 * 5, (24 * 3_600 * 5) + 3_000);
    }

    [Fact]
    public void Slices_OfAClockThatWasSetBack_CountNoLongerThanADay()
    {
        _sut.Count(null, Start.AddDays(30));
        _sut.Count(null, Start.AddDays(30));

        var again = new DailyContacts(2, _sut.Slices, Start);

        again.RoomAt(Start).ShouldBe(Free);
    }
}
