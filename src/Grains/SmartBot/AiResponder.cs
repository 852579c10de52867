using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Waqtor.Archive;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>Asks an instance's language model: prompt, the last messages of the conversation, a time limit, and a budget for the day.</summary>
public sealed partial class AiResponder(
    IGrainFactory grains, IEnumerable<IArchiveQueries> archives, EndpointHttp http, TimeProvider clock, ILogger<AiResponder> logger)
{
    public async Task<AiAnswer> AskAsync(BotQuestion question, AiSettings settings, CancellationToken cancellationToken)
    {
        if (!await grains.GetGrain<IAiBudgetGrain>(question.Instance.Id).TryTakeAsync(settings.DailyBudget)) return Failed("budget");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = new ChatEndpoint(http, settings.Kind, settings.BaseUrl, settings.Model, question.Instance.Credentials.AiApiKey);
            var response = await client.GetResponseAsync(await MessagesAsync(question, settings, either.Token), cancellationToken: either.Token);
            var reply = ReplyExtractor.Extract(response.Text);
            return reply.Text.Length == 0
                ? Failed("empty")
                : new AiAnswer(reply.Text, new DataRequest(reply.NeedsDataCollection, [.. reply.RequestedFields]), null);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LogFailed(logger, question.Instance.Name, "timeout");
            return Failed("timeout");
        }
        catch (EndpointException exception)
        {
            LogFailed(logger, question.Instance.Name, exception.Message);
            return Failed("endpoint");
        }
    }

    private async Task<List<ChatMessage>> MessagesAsync(BotQuestion question, AiSettings settings, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>();
        if (settings.SystemPrompt.Length > 0) messages.Add(new ChatMessage(ChatRole.System, settings.SystemPrompt));
        messages.AddRange(await TurnsAsync(question, settings, cancellationToken));
        messages.Add(new ChatMessage(ChatRole.User, Redaction.Of(question.Text, question.Contact)));
        return messages;
    }

    // What was said before this batch; a conversation that is tried out on the bench has no history.
    private async Task<IEnumerable<ChatMessage>> TurnsAsync(BotQuestion question, AiSettings settings, CancellationToken cancellationToken)
    {
        // A host without a readable archive answers without what was said before.
        if (settings.Turns == 0 || question.ConversationId is not { } conversation || archives.FirstOrDefault() is not { } archive) return [];
        var page = await archive.ListMessagesAsync(
            new MessageFilter { ConversationId = conversation, Limit = settings.Turns + question.MessageIds.Count }, cancellationToken);
        return page.Items
            .Where(message => message.Text is { Length: > 0 } && !question.MessageIds.Contains(message.Id))
            .Take(settings.Turns)
            .Reverse()
            .Select(message => new ChatMessage(
                message.Direction == MessageDirection.Inbound ? ChatRole.User : ChatRole.Assistant, Redaction.Of(message.Text!, question.Contact)));
    }

    private static AiAnswer Failed(string reason) => new("", null, reason);

    [LoggerMessage(1, LogLevel.Warning, "The language model of instance {Instance} did not answer: {Reason}")]
    private static partial void LogFailed(ILogger logger, string instance, string reason);
}
