using Waqtor.Api.Access;
using Waqtor.Api.Conversations;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Messages;

/// <summary>Finds the conversation a text is for and hands it over; refusals of the grain become problems.</summary>
internal sealed class TextSender(IGrainFactory grains, InstanceCache instances, ConversationFinder conversations, IArchiveQueries archive)
{
    private const int TextCharactersMax = 4_096;

    public async Task<(SendAccepted? Accepted, Problem? Refusal)> SendAsync(
        SendTextRequest request, Offer? offer, Caller caller, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (offer is not null)
        {
            foreach (var (field, error) in OfferLimits.Check(request.Text, offer)) errors.Require(false, field, error);
        }
        else
        {
            errors.Require(request.Text is { Length: <= TextCharactersMax } && !string.IsNullOrWhiteSpace(request.Text), "text", $"1 to {TextCharactersMax} characters, not only blanks.");
            errors.Require(request.Text?.Contains('\0', StringComparison.Ordinal) != true, "text", "No NUL character.");
        }

        errors.Require(request.ConversationId is not null || request.Instance is { Length: > 0 }, "instance", "Needed with a chatId.");
        errors.Require(request.ChatId is null != request.ConversationId is null, "chatId", "Either chatId or conversationId.");
        var contact = request.ChatId is null ? null : ChatAddress.Read(request.ChatId);
        errors.Require(request.ChatId is null || contact is not null, "chatId", "A phone number with country code, a WhatsApp address or a user id.");
        var mentionedIds = MentionForm.Read(request.Options?.MentionedIds, errors);
        errors.Require(mentionedIds is null || offer is null, MentionForm.Field, "Only a text without buttons or a list mentions people.");
        if (errors.Problem is { } invalid) return (null, invalid);

        FoundConversation? conversation = null;
        var name = request.Instance;
        if (request.ConversationId is { } id)
        {
            if (await conversations.FindAsync(id, caller, cancellationToken) is not { } found) return (null, Problem.NotFound("conversation"));
            if (name is not null && name != found.Record.Instance) return (null, Problem.Invalid("instance", "The conversation is of another instance."));
            (conversation, name, contact) = (found, found.Record.Instance, found.Record.Contact);
        }

        if (!caller.Sees(name!) || await instances.GetAsync(name!) is not { } instance) return (null, Problem.NotFound("instance"));
        // The name may have been given anew since: a conversation of the instance that had it before has nobody who sends.
        if (conversation is not null && !IsOf(instance.Id, conversation)) return (null, Problem.NotFound("instance"));
        var conversationId = conversation?.Id ?? ConversationKey.For(instance.Id, contact!).Id;
        if (FindUnsendable(request, instance, contact!, mentionedIds is not null) is { } unsendable) return (null, unsendable);
        if (await QuotedAsync(request.Options?.QuotedMessageId, conversationId, caller, cancellationToken) is not (true, var quoted))
        {
            return (null, Problem.Invalid("options.quotedMessageId", "There is no such message in this conversation."));
        }

        return await SendAsync(conversationId, new SendTextCommand
        {
            InstanceId = instance.Id,
            Instance = instance.Name,
            Contact = contact!,
            Text = request.Text!,
            QuotedProviderMessageId = quoted,
            IdempotencyKey = idempotencyKey,
            // The window is WhatsApp's; a device's session has none.
            EnforceWindow = instance.Provider == ProviderKind.Cloud && DeviceSessionKey.Of(contact!) is null,
            Offer = offer,
            MentionedIds = mentionedIds,
        });
    }

    // What is certain to fail is said now, and not by a message that failed. What a device is sent never leaves this server.
    private static Problem? FindUnsendable(SendTextRequest request, CachedInstance instance, ContactIdentity contact, bool mentions)
    {
        var isDevice = DeviceSessionKey.Of(contact) is not null;
        if (mentions && (isDevice || !ProviderReach.CanMention(instance.Provider)))
            return Problem.Invalid(MentionForm.Field, isDevice ? "A device's session has nobody to mention." : "The Cloud API has no mentions.");
        if (isDevice) return null;
        if (ProviderReach.NeedsBaseUrl(instance.Provider) && string.IsNullOrEmpty(instance.Configuration.Settings.BaseUrl))
            return Problem.Conflict(ProblemCode.Conflict, "The instance has no baseUrl: it only receives.");
        return ProviderReach.CanAddress(instance.Provider, contact)
            ? null
            : Problem.Invalid(request.ChatId is null ? "conversationId" : "chatId", $"The provider {ProviderWords.Of(instance.Provider)} cannot send to an id of this kind.");
    }

    private async Task<(SendAccepted?, Problem?)> SendAsync(string conversation, SendTextCommand command)
    {
        var result = await grains.GetGrain<IConversationGrain>(conversation).SendTextAsync(command);
        for (var moves = 0; result.MovedTo is { } next && moves < ConversationJoins.MovesMax; moves++)
        {
            result = await grains.GetGrain<IConversationGrain>(next).SendTextAsync(command);
        }

        if (result.MessageId is { } messageId) return (new SendAccepted(messageId, result.Timestamp), null);
        return (null, result.RefusalCode switch
        {
            "window_closed" => Problem.Conflict(ProblemCode.WindowClosed, "The 24-hour window is closed: only a template may be sent."),
            "queue_full" => new Problem(429, ProblemCode.QueueFull, "Too many messages wait in this conversation.") { RetryAfterSeconds = 5 },
            "unknown_conversation" => Problem.NotFound("conversation"),
            _ => Problem.Conflict(ProblemCode.Conflict, "The conversation cannot take the message now."),
        });
    }

    // Ours begin with msg_; anything else is taken as the provider's own id.
    private async Task<(bool Known, string? ProviderMessageId)> QuotedAsync(string? id, string conversationId, Caller caller, CancellationToken cancellationToken)
    {
        if (id is null or "") return (true, null);
        if (!id.StartsWith(IdPrefix.Message + "_", StringComparison.Ordinal)) return (id.Length <= 512, id);
        var message = await archive.GetMessageAsync(id, cancellationToken);
        return message is { ProviderMessageId: not null } && caller.Sees(message.Instance)
            && (message.ConversationId == conversationId || await IsSameAsync(message.ConversationId, conversationId, caller, cancellationToken))
            ? (true, message.ProviderMessageId)
            : (false, null);
    }

    // Under another of its contact's ids a conversation has another id, and one of the two has given way.
    private async Task<bool> IsSameAsync(string one, string other, Caller caller, CancellationToken cancellationToken) =>
        await conversations.FindAsync(other, caller, cancellationToken) is { } found
        && (found.Id == one || await conversations.FindAsync(one, caller, cancellationToken) is { } home && home.Id == found.Id);

    // The archive does not keep the instance's id, but the conversation's own is made of it.
    private static bool IsOf(string instanceId, FoundConversation conversation) => conversation.View is { } view
        ? view.InstanceId == instanceId
        : ConversationKey.Aliases(instanceId, conversation.Record.Contact).Append(ConversationKey.For(instanceId, conversation.Record.Contact))
            .Any(key => key.Id == conversation.Id);
}
