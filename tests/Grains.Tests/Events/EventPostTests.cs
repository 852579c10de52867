using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using NSubstitute;
using Waqtor.Events;

namespace Waqtor.Grains.Tests.Events;

/// <summary>Many grains tell at the same time; the router is called once for many of them.</summary>
public sealed class EventPostTests
{
    private readonly List<(string[] Ids, TaskCompletionSource Done)> _calls = [];
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();

    public EventPostTests()
    {
        var router = Substitute.For<IEventRouterGrain>();
        router.RouteAsync(default).ReturnsForAnyArgs(call =>
        {
            var done = new TaskCompletionSource();
            _calls.Add(([.. call.Arg<ImmutableArray<DomainEvent>>().Select(one => one.Id)], done));
            return done.Task;
        });
        _grains.GetGrain<IEventRouterGrain>(0).ReturnsForAnyArgs(router);
    }

    [Fact]
    public async Task RouteAsync_WhileACallIsUnderWay_GoesWithTheNextOneInOrder()
    {
        var sut = Post();
        var first = sut.RouteAsync(Events("a1", "a2"));
        var second = sut.RouteAsync(Events("b1"));
        var third = sut.RouteAsync(Events("c1", "c2"));
        _calls.Count.ShouldBe(1);

        _calls[0].Done.SetResult();
        await first;
        await CallsAsync(2);
        _calls[1].Ids.ShouldBe(["b1", "c1", "c2"]);
        (second.IsCompleted, third.IsCompleted).ShouldBe((false, false));
        _calls[1].Done.SetResult();
        await Task.WhenAll(second, third);

        var fourth = sut.RouteAsync(Events("d1"));
        _calls[2].Ids.ShouldBe(["d1"]);
        _calls[2].Done.SetResult();
        await fourth;
    }

    [Fact]
    public async Task RouteAsync_CallThatFails_FailsItsGroupAndNobodyElse()
    {
        var sut = Post();
        var first = sut.RouteAsync(Events("a"));
        Task[] group = [sut.RouteAsync(Events("b")), sut.RouteAsync(Events("c"))];
        _calls[0].Done.SetException(new IOException("away"));
        await Should.ThrowAsync<IOException>(first);

        await CallsAsync(2);
        var later = sut.RouteAsync(Events("d"));
        _calls[1].Done.SetException(new IOException("away"));
        foreach (var one in group) await Should.ThrowAsync<IOException>(one);

        await CallsAsync(3);
        _calls[2].Ids.ShouldBe(["d"]);
        _calls[2].Done.SetResult();
        await later;
    }

    [Fact]
    public async Task RouteAsync_Alone_WaitsForNobodyAndTakesNobodyAlong()
    {
        var sut = Post();
        var first = sut.RouteAsync(Events("a"));
        var waiting = sut.RouteAsync(Events("b"));

        var alone = sut.RouteAsync(Events("c"), alone: true);

        _calls.Select(call => call.Ids.Single()).ShouldBe(["a", "c"]);
        _calls[1].Done.SetResult();
        await alone;
        waiting.IsCompleted.ShouldBeFalse();
        _calls[0].Done.SetResult();
        await first;
        await CallsAsync(3);
        _calls[2].Done.SetResult();
        await waiting;
    }

    [Fact]
    public async Task RouteAsync_MoreThanACallHolds_GoesInSeveral()
    {
        var sut = Post(eventsMax: 3);
        var all = new List<Task> { sut.RouteAsync(Events("a")) };
        foreach (var id in (string[])["b", "c", "d", "e"]) all.Add(sut.RouteAsync(Events(id)));

        for (var call = 0; call < 3; call++)
        {
            await CallsAsync(call + 1);
            _calls[call].Done.SetResult();
        }

        await Task.WhenAll(all);
        _calls.Select(call => string.Concat(call.Ids)).ShouldBe(["a", "bcd", "e"]);
    }

    private EventPost Post(int eventsMax = 500) =>
        new(_grains, Options.Create(new EventsOptions { RouteCallsMax = 1, RouteEventsMax = eventsMax }));

    // The next caller goes on in its own time.
    private async Task CallsAsync(int count)
    {
        while (_calls.Count < count) await Task.Yield();
    }

    private static ImmutableArray<DomainEvent> Events(params string[] ids) =>
        [.. ids.Select(id => new DomainEvent { Id = id, Name = EventNames.MessageReceived, At = DateTimeOffset.UnixEpoch, Instance = "shop" })];
}
