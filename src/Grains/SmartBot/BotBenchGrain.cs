using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <inheritdoc cref="IBotBenchGrain" />
/// <remarks>A text of several lines is a burst of as many messages.</remarks>
[GrainType("bot-bench")]
[StatelessWorker]
[Reentrant]
public sealed class BotBenchGrain(BotEngine engine, IOptions<ConversationOptions> options, TimeProvider clock) : Grain, IBotBenchGrain
{
    public async Task<BotTestResult?> TestAsync(BotTest test)
    {
        var instance = await GrainFactory.GetGrain<IInstanceGrain>(test.Instance).GetConfigurationAsync();
        if (instance is null || instance.Id != test.InstanceId) return null;
        var (conversation, contact) = await ContactOfAsync(test);
        var lines = test.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        using var timeout = new CancellationTokenSource(options.Value.ReplyTimeout, clock);
        var answer = await engine.AnswerAsync(new BotQuestion
        {
            Instance = instance,
            ConversationId = conversation,
            Contact = contact,
            Lines = lines,
            MessageCount = Math.Max(1, lines.Length),
            Now = clock.GetUtcNow(),
        }, timeout.Token);
        return new BotTestResult(answer.Trace, answer.Text, answer.Offer);
    }

    private async Task<(string? Conversation, ContactIdentity Contact)> ContactOfAsync(BotTest test)
    {
        if (test.Phone is not { } phone) return (null, new ContactIdentity());
        var stranger = new ContactIdentity { Phone = phone };
        var id = ConversationKey.For(test.InstanceId, stranger).Id;
        var known = await GrainFactory.GetGrain<IConversationGrain>(id).GetAsync();
        return known is null ? (null, stranger) : (id, known.Conversation.Contact);
    }
}
