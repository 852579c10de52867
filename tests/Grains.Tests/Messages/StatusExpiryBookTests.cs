using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

public sealed class StatusExpiryBookTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly StatusExpiryState _state = new();
    private readonly StatusExpiryBook _sut;

    public StatusExpiryBookTests() => _sut = new StatusExpiryBook(_state, new MessageStatusOptions { ExpiryPageKeysMax = 10, StatusDays = 3 });

    [Fact]
    public void PageToClose_ManyKeysAtOnce_AreAsManyPagesAsTheyFill()
    {
        for (var number = 0; number < 25; number++) _sut.Add($"k{number}", At);

        var pages = new List<StatusExpiryPage>();
        while (_sut.PageToClose(At) is { } page)
        {
            pages.Add(page);
            _sut.Closed(page);
        }

        pages.SelectMany(page => page.Keys).ShouldBe(Enumerable.Range(0, 20).Select(number => $"k{number}"));
        pages.Count.ShouldBe(2);
        _state.Open.Count.ShouldBe(5);
        _state.Next.ShouldBe(2);
    }

    [Fact]
    public void PageToClose_FewKeys_AreAPageWhenTheDayIsOver()
    {
        _sut.PageToClose(At).ShouldBeNull();
        _sut.Add("a", At);
        _sut.Add("b", At.AddHours(23));

        _sut.PageToClose(At.AddHours(23)).ShouldBeNull();
        _sut.PageToClose(At.AddHours(24))!.Keys.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void IsDue_DaysAfterThePageWasClosed()
    {
        var page = new StatusExpiryPage(At, ["a"]);

        _sut.IsDue(page, At.AddDays(3).AddTicks(-1)).ShouldBeFalse();
        _sut.IsDue(page, At.AddDays(3)).ShouldBeTrue();
    }

    [Fact]
    public void Finish_NotesAnewWhatIsToBeAskedAgain_AndOnce()
    {
        _sut.Add("a", At);
        _sut.Closed(_sut.PageToClose(At.AddDays(1))!);
        _sut.HasPages.ShouldBeTrue();

        _sut.Finish(0, ["a"], At.AddDays(4));
        _sut.Finish(0, ["a"], At.AddDays(4));

        _sut.HasPages.ShouldBeFalse();
        _state.Open.ShouldBe(["a"]);
        _state.OpenedAt.ShouldBe(At.AddDays(4));
    }
}
