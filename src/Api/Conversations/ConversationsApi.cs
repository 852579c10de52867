using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Conversations;

/// <summary>Conversations: lists from the archive, one of them from its grain.</summary>
internal static class ConversationsApi
{
    private const int PauseMinutesMax = 525_600;

    public static void MapConversationsApi(this IEndpointRouteBuilder api)
    {
        var reads = api.MapGroup("/conversations").WithTags("Conversations").RequireAuthorization(Policies.Viewer);
        reads.MapGet("", ListAsync).WithName("ListConversations").WithSummary("List conversations, newest activity first.");
        reads.MapGet("/by-phone", GetByPhoneAsync).WithName("GetConversationByPhone").WithSummary("Read the conversation of a phone number.");
        reads.MapGet("/{id}", GetAsync).WithName("GetConversation").WithSummary("Read a conversation with what is under way in it.");
        reads.MapGet("/{id}/messages", ListMessagesAsync).WithName("ListConversationMessages")
            .WithSummary("List a conversation's messages, newest first; order=asc for oldest first.");
        reads.MapGet("/{id}/batches", ListBatchesAsync).WithName("ListConversationBatches").WithSummary("List a conversation's batches, oldest first.");

        var acts = api.MapGroup("/conversations").WithTags("Conversations").RequireAuthorization(Policies.Operator);
        acts.MapPost("/{id}/pause", PauseAsync).WithName("PauseConversation").WithSummary("Take over from the bot.");
        acts.MapPost("/{id}/resume", ResumeAsync).WithName("ResumeConversation").WithSummary("Hand back to the bot.");
        acts.MapPost("/{id}/flush", FlushAsync).WithName("FlushConversation").WithSummary("End the open buffer now.");
        acts.MapPost("/{id}/read", MarkReadAsync).WithName("MarkConversationRead").WithSummary("Set unread to 0; of a conversation that moved, in both.");
    }

    private static async Task<Results<Ok<Page<ConversationRecord>>, Problem>> ListAsync(
        Caller caller, IArchiveQueries archive, CancellationToken cancellationToken,
        string? instance = null, string? search = null, bool? unread = null, bool? paused = null, string? phone = null,
        string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var digits = phone is null ? null : Phone.Read(phone);
        if (phone is not null && digits is null) return Problem.Invalid("phone", "A phone number with country code.");
        return TypedResults.Ok(await archive.ListConversationsAsync(new ConversationFilter
        {
            AllowedInstances = caller.AllowedInstances,
            Instance = instance,
            Search = search,
            Unread = unread,
            Paused = paused,
            Phone = digits,
            Cursor = cursor,
            Limit = limit,
        }, cancellationToken));
    }

    private static async Task<Results<Ok<ConversationDetail>, Problem>> GetByPhoneAsync(
        string instance, string phone, Caller caller, InstanceCache instances, ConversationFinder conversations, CancellationToken cancellationToken)
    {
        if (Phone.Read(phone) is not { } digits) return Problem.Invalid("phone", "A phone number with country code.");
        if (!caller.Sees(instance) || await instances.GetAsync(instance) is not { } known) return Problem.NotFound("instance");
        var key = ConversationKey.For(known.Id, new ContactIdentity { Phone = digits });
        return await GetAsync(key.Id, caller, conversations, cancellationToken);
    }

    private static async Task<Results<Ok<ConversationDetail>, Problem>> GetAsync(
        string id, Caller caller, ConversationFinder conversations, CancellationToken cancellationToken) =>
        await conversations.FindAsync(id, caller, cancellationToken) is { } found
            ? TypedResults.Ok(ConversationDetail.For(found))
            : Problem.NotFound("conversation");

    private static async Task<Results<Ok<Page<MessageRecord>>, Problem>> ListMessagesAsync(
        string id, Caller caller, ConversationFinder conversations, IArchiveQueries archive, CancellationToken cancellationToken,
        string? order = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        if (order is not (null or "asc" or "desc")) return Problem.Invalid("order", "One of asc, desc.");
        if (await conversations.FindHistoryAsync(id, caller, cancellationToken) is not { } found) return Problem.NotFound("conversation");
        return TypedResults.Ok(await archive.ListMessagesAsync(new MessageFilter
        {
            ConversationId = found.Id,
            Ascending = order == "asc",
            Cursor = cursor,
            Limit = limit,
        }, cancellationToken));
    }

    private static async Task<Results<Ok<Page<BatchRecord>>, Problem>> ListBatchesAsync(
        string id, Caller caller, ConversationFinder conversations, BatchList batches, CancellationToken cancellationToken,
        string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        return await conversations.FindHistoryAsync(id, caller, cancellationToken) is { } found
            ? TypedResults.Ok(await batches.ReadAsync(found, cursor, limit, cancellationToken))
            : Problem.NotFound("conversation");
    }

    private static async Task<Results<Ok<ConversationDetail>, Problem>> PauseAsync(
        string id, Caller caller, ConversationFinder conversations, TimeProvider clock, CancellationToken cancellationToken, PauseRequest? request = null)
    {
        var now = clock.GetUtcNow();
        var errors = new FieldErrors();
        errors.Require(request?.Minutes is null or (>= 1 and <= PauseMinutesMax), "minutes", $"1 to {PauseMinutesMax}.");
        errors.Require(!(request?.Until <= now), "until", "Must lie in the future.");
        errors.Require(!(request?.Until > now.AddMinutes(PauseMinutesMax)), "until", $"At most {PauseMinutesMax} minutes from now.");
        errors.Require(request is not { Until: not null, Minutes: not null }, "until", "Either until or minutes, not both.");
        if (errors.Problem is { } problem) return problem;
        var until = request?.Until?.ToUniversalTime() ?? (request?.Minutes is { } minutes ? now.AddMinutes(minutes) : null);
        return await ActAsync(id, caller, conversations, grain => grain.PauseAsync(until), cancellationToken);
    }

    private static Task<Results<Ok<ConversationDetail>, Problem>> ResumeAsync(
        string id, Caller caller, ConversationFinder conversations, CancellationToken cancellationToken) =>
        ActAsync(id, caller, conversations, grain => grain.ResumeAsync(), cancellationToken);

    private static async Task<Results<Ok<ConversationDetail>, Problem>> MarkReadAsync(
        string id, Caller caller, ConversationFinder conversations, CancellationToken cancellationToken)
    {
        // One whose contact moved on is listed with what was unread in it.
        if (await conversations.FindHistoryAsync(id, caller, cancellationToken) is { Record.MovedTo: not null } moved) await moved.Grain.MarkReadAsync();
        return await ActAsync(id, caller, conversations, grain => grain.MarkReadAsync(), cancellationToken);
    }

    private static async Task<Results<Ok<FlushAnswer>, Problem>> FlushAsync(
        string id, Caller caller, ConversationFinder conversations, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(id, caller, cancellationToken) is not { } found) return Problem.NotFound("conversation");
        return await found.Grain.FlushAsync() is { } batchId
            ? TypedResults.Ok(new FlushAnswer(batchId.Length == 0 ? null : batchId))
            : Problem.NotFound("conversation");
    }

    private static async Task<Results<Ok<ConversationDetail>, Problem>> ActAsync(
        string id, Caller caller, ConversationFinder conversations, Func<IConversationGrain, Task<bool>> act, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(id, caller, cancellationToken) is not { } found || !await act(found.Grain)) return Problem.NotFound("conversation");
        return await GetAsync(found.Id, caller, conversations, cancellationToken);
    }
}
