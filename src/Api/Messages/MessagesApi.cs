using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Lists;
using Waqtor.Api.Media;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Messages;

namespace Waqtor.Api.Messages;

/// <summary>Messages, in and out.</summary>
internal static class MessagesApi
{
    public static void MapMessagesApi(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");
        messages.MapPost("/send-text", SendTextAsync).WithName("SendText").WithSummary("Send a text; it is durable when this answers.")
            .RequireAuthorization(Policies.Operator);
        messages.MapPost("/send-button", SendButtonAsync).WithName("SendButton").WithSummary("Send a text with up to 3 buttons; limits are checked first.")
            .RequireAuthorization(Policies.Operator);
        messages.MapPost("/send-list", SendListAsync).WithName("SendList").WithSummary("Send a text with a list of up to 10 rows; limits are checked first.")
            .RequireAuthorization(Policies.Operator);
        messages.MapGet("", ListAsync).WithName("ListMessages").WithSummary("List messages, newest first.").RequireAuthorization(Policies.Viewer);
        messages.MapGet("/{id}/media", GetMediaAsync).WithName("GetMessageMedia").WithSummary("The file of a message, where this server keeps it.")
            .RequireAuthorization(Policies.Viewer);
        messages.MapGet("/{id}", GetAsync).WithName("GetMessage").WithSummary("Read a message with its status history.").RequireAuthorization(Policies.Viewer);
    }

    private static Task<Results<Accepted<SendAccepted>, Problem>> SendTextAsync(
        SendTextRequest request, Caller caller, HttpRequest http, TextSender sender, CancellationToken cancellationToken) =>
        SendAsync(request, null, caller, http, sender, cancellationToken);

    private static Task<Results<Accepted<SendAccepted>, Problem>> SendButtonAsync(
        SendButtonRequest request, Caller caller, HttpRequest http, TextSender sender, CancellationToken cancellationToken) =>
        SendAsync(
            new SendTextRequest(request.Instance, request.ChatId, request.ConversationId, request.Text, request.Options),
            OfferForm.Buttons(request.Buttons, request.Header, request.Footer), caller, http, sender, cancellationToken);

    private static Task<Results<Accepted<SendAccepted>, Problem>> SendListAsync(
        SendListRequest request, Caller caller, HttpRequest http, TextSender sender, CancellationToken cancellationToken) =>
        SendAsync(
            new SendTextRequest(request.Instance, request.ChatId, request.ConversationId, request.Text, request.Options),
            OfferForm.List(request.Button, request.Sections, request.Header, request.Footer), caller, http, sender, cancellationToken);

    private static async Task<Results<Accepted<SendAccepted>, Problem>> SendAsync(
        SendTextRequest request, Offer? offer, Caller caller, HttpRequest http, TextSender sender, CancellationToken cancellationToken)
    {
        // The middleware already repeats the answer; the key goes along for a crash between the two.
        var key = http.Headers[IdempotencyMiddleware.HeaderName].ToString();
        var (accepted, refusal) = await sender.SendAsync(request, offer, caller, key.Length == 0 ? null : $"{caller.KeyId}/{key}", cancellationToken);
        return accepted is null ? refusal! : TypedResults.Accepted($"/api/messages/{accepted.MessageId}", accepted);
    }

    private static async Task<Results<Ok<Page<MessageRecord>>, Problem>> ListAsync(
        Caller caller, IArchiveQueries archive, CancellationToken cancellationToken,
        string? instance = null, string? conversationId = null, string? direction = null, string? status = null, string? search = null,
        string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var errors = new FieldErrors();
        var inDirection = Words.Read<MessageDirection>(direction, "direction", errors);
        var inStatus = Words.Read<MessageStatus>(status, "status", errors);
        if (errors.Problem is { } invalid) return invalid;
        return TypedResults.Ok(await archive.ListMessagesAsync(new MessageFilter
        {
            AllowedInstances = caller.AllowedInstances,
            Instance = instance,
            ConversationId = conversationId,
            Direction = inDirection,
            Status = inStatus,
            Search = search,
            Cursor = cursor,
            Limit = limit,
        }, cancellationToken));
    }

    private static async Task<Results<Ok<MessageRecord>, Problem>> GetAsync(
        string id, Caller caller, IArchiveQueries archive, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = await ArchiveLag.WaitAsync(
            () => archive.GetMessageAsync(id, cancellationToken), found => found is not null, clock, cancellationToken);
        return message is not null && caller.Sees(message.Instance) ? TypedResults.Ok(message) : Problem.NotFound("message");
    }

    // Always as a download: what a customer sent is never shown by a browser as a page of this server.
    private static async Task<Results<FileStreamHttpResult, Problem>> GetMediaAsync(
        string id, Caller caller, IArchiveQueries archive, IMediaStore media, CancellationToken cancellationToken)
    {
        var message = await archive.GetMessageAsync(id, cancellationToken);
        if (message is null || !caller.Sees(message.Instance)) return Problem.NotFound("message");
        return message.Content?.Media is { StoredHash: { } hash } file && media.OpenRead(hash) is { } content
            ? TypedResults.Stream(content, "application/octet-stream", file.FileName ?? id)
            : Problem.NotFound("file");
    }
}
