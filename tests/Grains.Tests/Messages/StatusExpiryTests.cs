using Microsoft.Extensions.DependencyInjection;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Messages;

/// <summary>What is kept of a message's statuses ends some days after the last one, and nothing else does.</summary>
public sealed class StatusExpiryTests : IAsyncLifetime
{
    private const int Days = 1;
    private const string Stored = "message-status/ins_1/wamid.";

    private WaqtorCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync(services => services.Configure<MessageStatusOptions>(options =>
    {
        options.StatusDays = Days;
        options.ExpiryShards = 1;
        options.ExpiryPageKeysMax = 10;
        options.ExpiryCallsMax = 4;
    }));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Statuses_OfManyMessages_AreRemovedAndSoIsTheRegisterOfThem()
    {
        await Task.WhenAll(Enumerable.Range(1, 35).Select(number => Sut(number).LinkAsync(Sent(number))));
        await Sut(36).ApplyAsync("shop", Update(36, MessageStatus.Read));
        await DaysAsync(Days - 0.1);
        Count().ShouldBe(36);

        await DaysAsync(1.5);

        Count().ShouldBe(0);
        _cluster.Storage.Find("status-expiry-page/0/0").ShouldBeNull();
        _cluster.Storage.Find("status-expiry-page/0/1").ShouldBeNull();
        _cluster.Storage.Find("status-expiry/0")!.ShouldContain("\"open\":[]");
    }

    [Fact]
    public async Task Status_ThatComesLate_CountsAnewAndRaisesTheMessage()
    {
        await Sut(1).LinkAsync(Sent(1));
        await DaysAsync(Days - 0.5);
        await Sut(1).ApplyAsync("shop", Update(1, MessageStatus.Read));

        await DaysAsync(Days - 0.5);
        Count().ShouldBe(1);
        _cluster.Archive.Single(EventNames.MessageRead).Message!.Id.ShouldBe("msg_1");

        await DaysAsync(Days + 2);
        Count().ShouldBe(0);
    }

    [Fact]
    public async Task Status_AfterTheRemoval_IsKeptAsOneOfAnUnknownMessageAndExpiresToo()
    {
        await Sut(1).LinkAsync(Sent(1));
        await DaysAsync(Days + 1.5);
        Count().ShouldBe(0);

        await Sut(1).ApplyAsync("shop", Update(1, MessageStatus.Read));
        await _cluster.WhenIdleAsync();
        _cluster.Archive.Events.ShouldBeEmpty();
        Count().ShouldBe(1);

        await DaysAsync(Days + 1.5);
        Count().ShouldBe(0);
    }

    [Fact]
    public async Task Status_ThatTheArchiveDoesNotHaveYet_Stays()
    {
        await Sut(1).LinkAsync(Sent(1));
        _cluster.Archive.IsDown = true;
        await Sut(1).ApplyAsync("shop", Update(1, MessageStatus.Read));
        await DaysAsync(Days + 2);
        Count().ShouldBe(1);

        _cluster.Archive.IsDown = false;
        await DaysAsync(2 * Days + 2);

        _cluster.Archive.Single(EventNames.MessageRead).Message!.Id.ShouldBe("msg_1");
        Count().ShouldBe(0);
    }

    [Fact]
    public async Task Removal_WhoseStoreFails_IsTriedAgainAndNothingIsLeft()
    {
        for (var number = 1; number <= 15; number++) await Sut(number).LinkAsync(Sent(number));
        await DaysAsync(Days - 0.5);
        _cluster.Storage.Fails = grain => grain.StartsWith("message-status", StringComparison.Ordinal) || grain.StartsWith("status-expiry-page", StringComparison.Ordinal);
        await DaysAsync(2);
        Count().ShouldBe(15);
        _cluster.Storage.Fails = grain => grain == "status-expiry/0";
        await DaysAsync(1);
        _cluster.Storage.Fails = _ => false;

        await DaysAsync(2 * Days + 3);

        Count().ShouldBe(0);
        for (var page = 0; page < 10; page++) _cluster.Storage.Find($"status-expiry-page/0/{page}").ShouldBeNull();
    }

    [Fact]
    public async Task Note_WhoseStoreFails_FailsTheStatusAndKeepsNothing()
    {
        _cluster.Storage.Fails = grain => grain.StartsWith("status-expiry", StringComparison.Ordinal);
        await Should.ThrowAsync<Exception>(() => Sut(1).ApplyAsync("shop", Update(1, MessageStatus.Read)));
        await Should.ThrowAsync<Exception>(() => Sut(2).LinkAsync(Sent(2)));
        Count().ShouldBe(0);
        _cluster.Storage.Fails = _ => false;

        await Sut(1).ApplyAsync("shop", Update(1, MessageStatus.Read));
        await Sut(2).LinkAsync(Sent(2));
        Count().ShouldBe(2);
        await DaysAsync(Days + 1.5);

        Count().ShouldBe(0);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(Days + 0.9)]
    public async Task Crash_AtAnyTime_LosesNothingOfTheRegister(double days)
    {
        for (var number = 1; number <= 25; number++) await Sut(number).LinkAsync(Sent(number));
        await DaysAsync(days);
        await _cluster.CrashAsync();

        await DaysAsync(Days + 1.5);

        Count().ShouldBe(0);
    }

    [Fact]
    public async Task Crash_BetweenTheEndOfAPageAndItsRemoval_LeavesNoPage()
    {
        for (var number = 1; number <= 10; number++) await Sut(number).LinkAsync(Sent(number));
        _cluster.Storage.Find("status-expiry-page/0/0").ShouldNotBeNull();
        _cluster.Storage.Fails = grain => grain.StartsWith("status-expiry-page", StringComparison.Ordinal);
        await DaysAsync(Days + 0.5);
        Count().ShouldBe(0);
        _cluster.Storage.Find("status-expiry-page/0/0").ShouldNotBeNull();
        await _cluster.CrashAsync();
        _cluster.Storage.Fails = _ => false;

        await DaysAsync(0.5);

        _cluster.Storage.Find("status-expiry-page/0/0").ShouldBeNull();
    }

    private IMessageStatusGrain Sut(int number) => _cluster.Grain<IMessageStatusGrain>($"ins_1/wamid.{number}");

    private int Count() => Enumerable.Range(1, 40).Count(number => _cluster.Storage.Find($"{Stored}{number}") is not null);

    private Task DaysAsync(double days) => _cluster.AdvanceAsync(days * 86_400);

    private StatusUpdate Update(int number, MessageStatus status) =>
        new() { ProviderMessageId = $"wamid.{number}", Status = status, At = _cluster.Now };

    private MessageRecord Sent(int number) => new()
    {
        Id = $"msg_{number}",
        ProviderMessageId = $"wamid.{number}",
        Instance = "shop",
        ConversationId = "cnv_1",
        Direction = MessageDirection.Outbound,
        Kind = MessageKind.Text,
        Text = "hi",
        Status = MessageStatus.Sent,
        Timestamp = _cluster.Now,
        ReceivedAt = _cluster.Now,
        Sequence = number,
        History = [new StatusChange { Status = MessageStatus.Sent, At = _cluster.Now }],
    };
}
