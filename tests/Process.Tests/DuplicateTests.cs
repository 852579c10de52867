using System.Net;

namespace Waqtor.Process.Tests;

/// <summary>Scenarios 2 and 13: providers deliver again, at once or after a crash, and customers must not notice.</summary>
public sealed class DuplicateTests
{
    private const string Phone = "551191111";

    [Fact]
    public async Task Webhook_FiftyTimesAtOnceAndAgainAfterAKill_IsOneMessageAndOneReply()
    {
        await using var shop = await Shop.OpenAsync(seconds: 1);
        await PostFiftyAsync(shop);
        (await shop.JudgeAsync()).ShouldBeClean();

        await shop.Server.KillAsync();
        await shop.Server.StartAsync();
        await PostFiftyAsync(shop);

        (await shop.JudgeAsync()).ShouldBeClean();
        var conversation = (await shop.Client.ConversationAsync(Shop.Instance, Phone)).ShouldNotBeNull();
        (await shop.Client.MessagesAsync(conversation.Id)).Count(message => message.Direction == "inbound").ShouldBe(1);
        (await shop.BatchesAsync(Phone)).ShouldHaveSingleItem();
        shop.Gateway.Sent.ShouldHaveSingleItem();
    }

    /// <summary>Scenario 2: stored, but the 200 was never seen; the provider posts again after the restart.</summary>
    [Fact]
    public async Task Webhook_KilledBeforeItsAnswerWasSeen_IsTakenOnceWhenPostedAgain()
    {
        await using var shop = await Shop.OpenAsync(seconds: 2);
        var post = shop.WriteAsync(Phone, "unseen");
        await shop.Server.KillAsync();
        await post.ContinueWith(_ => { }, TaskScheduler.Default);
        await shop.Server.StartAsync();
        await shop.WriteOkAsync(Phone, "unseen");

        (await shop.JudgeAsync()).ShouldBeClean();
        (await shop.BatchesAsync(Phone)).ShouldHaveSingleItem();
    }

    private static async Task PostFiftyAsync(Shop shop)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.WriteAsync(Phone, "same")));
        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
    }
}
