using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>Answers a batch by the instance's bot; nothing when the bot is off or the instance is gone.</summary>
public sealed class SmartBotReplyPipeline(IGrainFactory grains, BotEngine engine, TimeProvider clock) : IReplyPipeline
{
    public async Task<Reply> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        var instance = await grains.GetGrain<IInstanceGrain>(request.Instance).GetConfigurationAsync();
        if (instance is null || instance.Id != request.InstanceId || !instance.Settings.BotEnabled) return new Reply(null, "botOff");
        var messages = request.Messages.Where(message => message.Kind != MessageKind.Deleted).ToArray();
        if (messages.Length == 0) return new Reply(null, "noReply");

        var answer = await engine.AnswerAsync(QuestionOf(request, instance, messages), cancellationToken);
        return new Reply(answer.Text.Length == 0 ? null : answer.Text, OutcomeOf(answer))
        {
            Offer = answer.Offer,
            Trace = answer.Trace,
            HandOver = answer.HandOver,
            HandOverMinutes = answer.HandOver ? instance.Settings.SmartBot?.HandOverMinutes : null,
            DataRequest = answer.DataRequest,
            IsNews = answer.IsNews,
            Learn = answer.Learn,
        };
    }

    private BotQuestion QuestionOf(ReplyRequest request, InstanceConfiguration instance, MessageRecord[] messages)
    {
        var choice = messages.LastOrDefault(message => message.Kind is MessageKind.ButtonReply or MessageKind.ListReply or MessageKind.TemplateReply);
        return new BotQuestion
        {
            Instance = instance,
            ConversationId = request.ConversationId,
            Contact = request.Contact,
            Lines = [.. messages.Select(message => message.Text).OfType<string>().Where(line => line.Length > 0)],
            MessageCount = messages.Length,
            MessageIds = [.. messages.Select(message => message.Id)],
            Choice = choice?.Content?.Interactive,
            ChoiceOf = choice?.Content?.QuotedProviderMessageId,
            Offers = request.Offers,
            Now = clock.GetUtcNow(),
        };
    }

    private static string OutcomeOf(BotAnswer answer) => answer.Trace.Path switch
    {
        ReplyPath.Handover => "handover",
        ReplyPath.Blocked => "blocked",
        _ => answer.Text.Length == 0 ? "noReply" : "replied",
    };
}
