using Waqtor.Fakes;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>The provider's side fails: replies are tried again with growing pauses, then given up, and the next one goes.</summary>
public sealed class GatewayFailureTests(ITestOutputHelper output)
{
    private const string Phone = "551196000";

    [Fact]
    public async Task Gateway_ThatAlwaysFails_IsTriedWithBackoffThenTheReplyFails()
    {
        await using var shop = await Shop.OpenAsync(seconds: 1);
        shop.Gateway.Behaviour = _ => GatewayAnswer.Fail(500);
        await shop.WriteOkAsync(Phone, "unlucky");
        await Eventually.TrueAsync(
            () => $"the reply to fail after {shop.Gateway.Requests.Count} attempts", TimeSpan.FromSeconds(90),
            async () => (await RepliesAsync(shop)).Any(message => message.Status == "failed"));

        var attempts = shop.Gateway.Requests;
        var pauses = attempts.Zip(attempts.Skip(1), (one, next) => (next.ReceivedAt - one.ReceivedAt).TotalSeconds).ToList();
        output.WriteLine($"{attempts.Count} attempts, pauses {string.Join(", ", pauses.Select(pause => $"{pause:0.0} s"))}");
        attempts.Count.ShouldBeGreaterThan(1);
        pauses.Zip(pauses.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First, "each pause is longer than the one before");

        shop.Gateway.Behaviour = _ => GatewayAnswer.Accept;
        await shop.WriteOkAsync(Phone, "lucky");
        await Eventually.TrueAsync("the next reply", TimeSpan.FromSeconds(15), () => Task.FromResult(shop.Gateway.Sent.Count == 1));
        shop.Gateway.Sent[0].Text.ShouldBe("1|lucky");
    }

    [Fact]
    public async Task Gateway_ThatSays429_IsLeftAloneForTheTimeItAsks()
    {
        await using var shop = await Shop.OpenAsync(seconds: 1);
        shop.Gateway.Behaviour = send => send.Number == 0 ? GatewayAnswer.TooMany(retryAfterSeconds: 3) : GatewayAnswer.Accept;
        await shop.WriteOkAsync(Phone, "hurried");
        await Eventually.TrueAsync("the reply", TimeSpan.FromSeconds(30), () => Task.FromResult(shop.Gateway.Sent.Count == 1));

        var requests = shop.Gateway.Requests;
        requests.Count.ShouldBe(2);
        (requests[1].ReceivedAt - requests[0].ReceivedAt).TotalSeconds.ShouldBeInRange(2.9, 10);
    }

    /// <summary>The answer is lost after the gateway took the message: it may not be sent again blindly.</summary>
    [Fact]
    public async Task Gateway_ThatCutsTheConnection_GetsTheReplyOnceAndItIsDoubtful()
    {
        await using var shop = await Shop.OpenAsync(seconds: 1);
        shop.Gateway.Behaviour = _ => GatewayAnswer.Cut;
        await shop.WriteOkAsync(Phone, "unsure");
        await Eventually.TrueAsync("the reply to be marked", TimeSpan.FromSeconds(30), async () => (await RepliesAsync(shop)).Any(message => message.Doubtful));
        await Eventually.PauseAsync(TimeSpan.FromSeconds(5));
        shop.Gateway.Requests.Count.ShouldBe(1);
    }

    private static async Task<IReadOnlyList<SeenMessage>> RepliesAsync(Shop shop) =>
        await shop.Client.ConversationAsync(Shop.Instance, Phone) is { } conversation
            ? [.. (await shop.Client.MessagesAsync(conversation.Id)).Where(message => message.Direction == "outbound")]
            : [];
}
