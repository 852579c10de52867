using Waqtor.Events;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>When the conversation's own record goes to the archive: with what changed it, and not again without a change.</summary>
public sealed class ConversationTellingTests : IAsyncLifetime
{
    private ConversationCluster _sut = null!;

    private DomainEvent[] Told => [.. _sut.Archive.Told.Where(one => one.ConversationId is not null)];

    private string[] ToldWithRecord => [.. Told.Where(one => one.Conversation is not null).Select(one => one.Name)];

    public async Task InitializeAsync()
    {
        _sut = await ConversationCluster.StartAsync();
        // Nothing is sent, so the end of the burst changes nothing that a list shows.
        _sut.Replies.IsSilent = true;
    }

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Fact]
    public async Task Burst_WithoutAReply_TellsOfTheConversationWithItsMessageOnly()
    {
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(20);

        Told.Select(one => one.Name).ShouldBe([EventNames.MessageReceived, EventNames.ConversationFlushed, EventNames.BatchCompleted]);
        ToldWithRecord.ShouldBe([EventNames.MessageReceived]);
        Told[0].Conversation!.Unread.ShouldBe(1);
    }

    [Fact]
    public async Task Message_AfterTheBurst_TellsOfTheConversationAgain()
    {
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(20);
        await _sut.ReceiveAsync();
        await _sut.AtRestAsync();

        ToldWithRecord.ShouldBe([EventNames.MessageReceived, EventNames.MessageReceived]);
        Told.Last(one => one.Conversation is not null).Conversation!.Unread.ShouldBe(2);
    }

    [Fact]
    public async Task Record_ThatTheArchiveDidNotTake_RidesWithTheNextTelling()
    {
        _sut.Archive.Refuses = true;
        await _sut.ReceiveAsync();
        await _sut.AfterAsync(20);
        ToldWithRecord.ShouldBeEmpty();

        _sut.Archive.Refuses = false;
        await _sut.AfterAsync(120);

        Told.Length.ShouldBe(3);
        ToldWithRecord.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Record_AfterACrash_IsToldAgain()
    {
        await _sut.ReceiveAsync();
        await _sut.AtRestAsync();

        await _sut.Cluster.CrashAsync();
        await _sut.AfterAsync(20);

        // What was told was known by memory only.
        ToldWithRecord.Length.ShouldBeGreaterThan(1);
    }
}
