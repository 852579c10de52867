using Microsoft.Extensions.Options;
using Waqtor.Messages;

namespace Waqtor.Archive.Tests;

/// <summary>Search in texts, names and numbers, and its bound.</summary>
public abstract class SearchConformance(ITestDatabase database) : ArchiveConformance(database)
{
    private const int Stretch = 100;

    protected override Dictionary<string, string?> MoreSettings => new() { ["Archive:SearchRowsMax"] = $"{Stretch}" };

    [ConformanceFact]
    public async Task Search_PartOfATextInAnyCase_FindsIt()
    {
        await AppendAsync(
            Sample.Received(Sample.Message(1, text: "Where is my ORDER?")),
            Sample.Received(Sample.Message(2, text: "أين طلبي")),
            Sample.Received(Sample.Message(3, text: null) with { Text = null }));

        (await FindAsync("order")).ShouldBe([Sample.MessageId(1)]);
        (await FindAsync("طلب")).ShouldBe([Sample.MessageId(2)]);
        (await FindAsync("nothing")).ShouldBeEmpty();
        (await FindAsync("  ")).Length.ShouldBe(3);
    }

    [ConformanceFact]
    public async Task Search_Wildcards_AreTakenLiterally()
    {
        await AppendAsync(
            Sample.Received(Sample.Message(1, text: "100% sure")),
            Sample.Received(Sample.Message(2, text: "100 percent")),
            Sample.Received(Sample.Message(3, text: @"a\b_c")));

        (await FindAsync("0%")).ShouldBe([Sample.MessageId(1)]);
        (await FindAsync("b_c")).ShouldBe([Sample.MessageId(3)]);
        (await FindAsync(@"a\b")).ShouldBe([Sample.MessageId(3)]);
        (await FindAsync("_")).ShouldBe([Sample.MessageId(3)]);
        (await FindAsync("'")).ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Search_LongerThanItsLimit_IsCut()
    {
        var text = new string('x', ListQuery.SearchLengthMax - 1);
        await AppendAsync(Sample.Received(Sample.Message(1, text: text + "👍 and more")));

        (await FindAsync(text + "👍 and something else")).ShouldBe([Sample.MessageId(1)]);
        (await FindAsync(new string('y', 100_000))).ShouldBeEmpty();
    }

    [ConformanceFact]
    public async Task Search_FartherBackThanAStretch_IsReachedByItsCursors()
    {
        await AppendAsync(Sample.Received(Sample.Message(1, text: "needle")));
        await AppendAsync([.. Enumerable.Range(2, 3 * Stretch).Select(number => Sample.Received(Sample.Message(number)))]);

        var pages = 0;
        var found = new List<MessageRecord>();
        for (string? cursor = null; pages == 0 || cursor is not null; pages++)
        {
            pages.ShouldBeLessThan(6);
            var page = await Queries.ListMessagesAsync(new MessageFilter { Search = "needle", Cursor = cursor });
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }

        found.ShouldHaveSingleItem().Id.ShouldBe(Sample.MessageId(1));
        pages.ShouldBe(4);
    }

    [ConformanceFact]
    public async Task Search_OfConversations_LooksAtNameNumberAndTexts()
    {
        await AppendAsync(
            Sample.Told(Sample.Conversation(1) with { Contact = new ContactIdentity { Name = "Amal Haddad" } }),
            Sample.Told(Sample.Conversation(2) with { Contact = new ContactIdentity { Phone = "4915112345" } }),
            Sample.Told(Sample.Conversation(3)),
            Sample.Received(Sample.Message(1, conversation: 3, text: "is the blue one there")),
            Sample.Received(Sample.Message(2, conversation: 3, text: "the blue one")));

        (await ConversationsAsync("haddad")).ShouldBe([Sample.ConversationId(1)]);
        (await ConversationsAsync("15112")).ShouldBe([Sample.ConversationId(2)]);
        (await ConversationsAsync("BLUE")).ShouldBe([Sample.ConversationId(3)]);
        (await ConversationsAsync("green")).ShouldBeEmpty();

        async Task<string[]> ConversationsAsync(string search) =>
            [.. (await Queries.ListConversationsAsync(new ConversationFilter { Search = search })).Items.Select(one => one.Id)];
    }

    [ConformanceFact]
    public async Task Search_OfConversations_OfASmallInstance_CostsNoMoreWhenOthersGrow()
    {
        await AppendAsync(
            Sample.Told(Sample.Conversation(1)),
            Sample.Told(Sample.Conversation(2)),
            Sample.Told(Sample.Conversation(3, instance: "bar")),
            Sample.Received(Sample.Message(1, conversation: 1, text: "the blue one")),
            Sample.Received(Sample.Message(2, conversation: 3, instance: "bar", text: "the blue one")));
        var filter = new ConversationFilter { AllowedInstances = ["shop"], Search = "blue" };
        var alone = await WorkAsync(filter);

        await AppendAsync([.. Enumerable.Range(10, 20 * Stretch).Select(number => Sample.Received(Sample.Message(number, conversation: 3, instance: "bar", text: "blue")))]);

        (await WorkAsync(filter)).ShouldBeInRange(0, alone + 20);
        (await WorkAsync(filter with { AllowedInstances = null, Instance = "shop" })).ShouldBeInRange(0, alone + 20);
    }

    [ConformanceFact]
    public async Task Search_OfConversations_OfALargeInstance_CostsAStretch()
    {
        await AppendAsync([.. Enumerable.Range(1, 3 * Stretch).Select(number => Sample.Received(Sample.Message(number, text: "red")))]);
        var filter = new ConversationFilter { AllowedInstances = ["shop"], Search = "blue" };
        var before = await WorkAsync(filter);

        await AppendAsync([.. Enumerable.Range(1000, 20 * Stretch).Select(number => Sample.Received(Sample.Message(number, text: "red")))]);

        (await WorkAsync(filter)).ShouldBeInRange(0, 2 * before);
        (await WorkAsync(filter with { AllowedInstances = ["shop", "bar"] })).ShouldBeInRange(0, 4 * before);
    }

    [ConformanceFact]
    public async Task Filter_OfManyUnreadConversations_IsReachedByItsCursors()
    {
        await AppendAsync([.. Enumerable.Range(1, 3 * Stretch)
            .Select(number => Sample.Told(Sample.Conversation(number, activeAt: number / 7) with { Unread = number <= 10 ? 1 : 0 }))]);

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Queries.ListConversationsAsync(new ConversationFilter { Unread = true, Limit = 4, Cursor = cursor });
            found.AddRange(page.Items.Select(one => one.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        found.Order().ShouldBe(Enumerable.Range(1, 10).Select(Sample.ConversationId));
    }

    private async Task<string[]> FindAsync(string search) =>
        [.. (await Queries.ListMessagesAsync(new MessageFilter { Search = search })).Items.Select(one => one.Id)];

    private async Task<long> WorkAsync(ConversationFilter filter)
    {
        var metered = new MeteredStore(Archive.Store);
        var queries = new ArchiveQueries(metered, Options.Create(new ArchiveOptions { SearchRowsMax = Stretch }));
        var found = await queries.ListConversationsAsync(filter, CancellationToken.None);
        found.Items.ShouldAllBe(one => one.Instance == "shop");
        metered.Work.ShouldBeGreaterThan(0);
        return metered.Work;
    }
}
