using Microsoft.Extensions.Options;
using Waqtor.Api.Inbound;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Api.Tests.Inbound;

public sealed class ContactLinksTests
{
    private readonly FakeCluster _cluster = new();

    [Fact]
    public async Task Contact_WithOneIdOrAGroup_AsksNobody()
    {
        var links = Links(1_000);
        foreach (var contact in new[] { new ContactIdentity { Phone = "1" }, new ContactIdentity { GroupId = "g", Phone = "1", Lid = "2" } })
        {
            (await links.FindAsync("ins", contact, "cnv")).ShouldBe("cnv");
        }

        _cluster.Conversations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pair_Known_IsNotAskedAgain_AndTheMemoryIsBounded()
    {
        var links = Links(1_000);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 400; i++) await FindAsync(links, i);
        }

        _cluster.Conversations.Sum(conversation => conversation.Calls.Count).ShouldBe(400);
        for (var i = 400; i < 5_000; i++) await FindAsync(links, i);
        await FindAsync(links, 0);
        _cluster.Conversations.Sum(conversation => conversation.Calls.Count).ShouldBe(5_001);
    }

    [Fact]
    public async Task Pair_InUse_OutlivesTheOthers()
    {
        var links = Links(1_000);
        for (var i = 0; i < 5_000; i++)
        {
            await FindAsync(links, i);
            await FindAsync(links, -1);
        }

        var alias = ConversationKey.For("ins", new ContactIdentity { Lid = "lid-1" });
        _cluster.Conversation(alias.Id).Calls.ShouldHaveSingleItem();
    }

    private static ValueTask<string> FindAsync(ContactLinks links, int i)
    {
        var contact = new ContactIdentity { Phone = $"phone{i}", Lid = $"lid{i}" };
        return links.FindAsync("ins", contact, ConversationKey.For("ins", contact).Id);
    }

    private ContactLinks Links(int max) => new(_cluster.Grains, Options.Create(new IngestOptions { ContactLinksMax = max }));
}
