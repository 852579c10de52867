using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.SmartBot;
using Waqtor.WhatsApp;

namespace Waqtor.Api.SmartBot;

/// <summary>The bot: its test bench, its suggestions, its model and the history of its replies.</summary>
internal static class SmartBotApi
{
    private const int TextCharactersMax = 4_096;

    // Where few batches are of the wanted kind, a page may be shorter than asked for; its cursor leads on.
    private const int HistoryReadsMax = 20;

    public static void MapSmartBotApi(this IEndpointRouteBuilder api)
    {
        api.MapRulesApi();
        var reads = api.MapGroup("/smartbot").WithTags("SmartBot").RequireAuthorization(Policies.Viewer);
        reads.MapGet("/suggestions", ListSuggestionsAsync).WithName("ListSuggestions").WithSummary("List what the bot might learn; status=accepted or rejected for what was decided.");
        reads.MapGet("/history", ListHistoryAsync).WithName("ListBotReplies").WithSummary("List the bot's replies with their traces, newest first.");
        reads.MapGet("/model", GetModelAsync).WithName("GetBotModel").WithSummary("The live model, its versions, and a refused one with before and after.");

        var acts = api.MapGroup("/smartbot").WithTags("SmartBot").RequireAuthorization(Policies.Operator);
        acts.MapPost("/test", TestAsync).WithName("TestBot").WithSummary("What the live bot would answer; nothing is sent.");
        acts.MapPost("/suggestions/{id}/accept", AcceptAsync).WithName("AcceptSuggestion").WithSummary("Teach a suggestion's phrases to a rule, or to a new one.");
        acts.MapPost("/suggestions/{id}/reject", RejectAsync).WithName("RejectSuggestion").WithSummary("Throw a suggestion away; its texts are not suggested again.");
        acts.MapPost("/model/rollback", RollBackAsync).WithName("RollBackBotModel").WithSummary("Bring the rules of an older version back, as a new version.");
        acts.MapPost("/model/publish", PublishAsync).WithName("PublishBotModel").WithSummary("Let a refused model in all the same.");
    }

    private static async Task<Results<Ok<TestAnswer>, Problem>> TestAsync(TestRequest request, Caller caller, BotFinder bots, IGrainFactory grains)
    {
        var errors = new FieldErrors();
        var phone = request.Phone is null ? null : Phone.Read(request.Phone);
        errors.Require(request.Instance is { Length: > 0 }, "instance", "Needed.");
        errors.Require(request.Text is { Length: >= 1 and <= TextCharactersMax }, "text", $"1 to {TextCharactersMax} characters.");
        errors.Require(request.Phone is null || phone is not null, "phone", "A phone number with country code.");
        if (errors.Problem is { } problem) return problem;
        if (await bots.OfAsync(request.Instance, caller) is not { } found) return Problem.NotFound("instance");
        return await grains.GetGrain<IBotBenchGrain>(0).TestAsync(new BotTest(found.InstanceId, found.Instance, request.Text!, phone)) is { } result
            ? TypedResults.Ok(TestAnswer.For(result))
            : Problem.NotFound("instance");
    }

    private static async Task<Results<Ok<Page<BotSuggestion>>, Problem>> ListSuggestionsAsync(
        Caller caller, BotFinder bots, string? instance = null, string? status = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var errors = new FieldErrors();
        var wanted = Words.Read<SuggestionStatus>(status, "status", errors) ?? SuggestionStatus.Open;
        if (errors.Problem is { } invalid) return invalid;
        var suggestions = new List<BotSuggestion>();
        foreach (var grain in await bots.AmongAsync(instance, caller)) suggestions.AddRange(await grain.ListSuggestionsAsync(wanted));
        return TypedResults.Ok(SmallPages.Of(suggestions, suggestion => suggestion.Id, cursor, limit));
    }

    private static async Task<Results<Ok<RuleAnswer>, Problem>> AcceptAsync(
        string id, Caller caller, BotFinder bots, AcceptRequest? request = null, string? instance = null)
    {
        if (await bots.SuggestionAsync(id, instance, caller) is not var (grain, suggestion)) return Problem.NotFound("suggestion");
        var change = await grain.AcceptSuggestionAsync(id, new AcceptSuggestion
        {
            RuleId = request?.RuleId,
            NewRule = request?.Rule?.ToRule(suggestion.Instance, null),
            Phrases = request?.Phrases is { } phrases ? [.. phrases.OfType<string>()] : ImmutableArray<string>.Empty,
        });
        return change.Rule is { } rule ? TypedResults.Ok(RuleAnswer.For(rule)) : RulesApi.Refusal(change, "suggestion");
    }

    private static async Task<Results<NoContent, Problem>> RejectAsync(string id, Caller caller, BotFinder bots, string? instance = null) =>
        await bots.SuggestionAsync(id, instance, caller) is var (grain, _) && await grain.RejectSuggestionAsync(id)
            ? TypedResults.NoContent()
            : Problem.NotFound("suggestion");

    // The trace is part of its batch, so the list of batches is the history; those the bot was not asked about are passed over.
    private static async Task<Results<Ok<Page<HistoryItem>>, Problem>> ListHistoryAsync(
        Caller caller, IArchiveQueries archive, CancellationToken cancellationToken,
        string? instance = null, string? conversationId = null, string? path = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var errors = new FieldErrors();
        var wanted = Words.Read<ReplyPath>(path, "path", errors);
        if (errors.Problem is { } invalid) return invalid;
        var items = new List<HistoryItem>();
        var reads = 0;
        do
        {
            var page = await archive.ListBatchesAsync(new BatchFilter
            {
                AllowedInstances = caller.AllowedInstances, Instance = instance, ConversationId = conversationId, Cursor = cursor, Limit = limit - items.Count,
            }, cancellationToken);
            items.AddRange(page.Items.Where(batch => batch.Reply is { } trace && (wanted is null || trace.Path == wanted))
                .Select(batch => HistoryItem.For(batch, batch.Reply!)));
            cursor = page.NextCursor;
        }
        while (items.Count < limit && cursor is not null && ++reads < HistoryReadsMax);
        return TypedResults.Ok(new Page<HistoryItem>([.. items], cursor));
    }

    private static async Task<Results<Ok<BotModelStatus>, Problem>> GetModelAsync(string instance, Caller caller, BotFinder bots) =>
        await bots.OfAsync(instance, caller) is { } found ? TypedResults.Ok(await found.Grain.GetModelAsync()) : Problem.NotFound("instance");

    private static async Task<Results<Ok<BotModelStatus>, Problem>> RollBackAsync(ModelRequest request, Caller caller, BotFinder bots)
    {
        if (await bots.OfAsync(request.Instance, caller) is not { } found) return Problem.NotFound("instance");
        return request.Version is { } version && await found.Grain.RollBackAsync(version)
            ? TypedResults.Ok(await found.Grain.GetModelAsync())
            : Problem.NotFound("version");
    }

    private static async Task<Results<Ok<BotModelStatus>, Problem>> PublishAsync(ModelRequest request, Caller caller, BotFinder bots)
    {
        if (await bots.OfAsync(request.Instance, caller) is not { } found) return Problem.NotFound("instance");
        return await found.Grain.PublishAsync() ? TypedResults.Ok(await found.Grain.GetModelAsync()) : Problem.NotFound("refused model");
    }
}
