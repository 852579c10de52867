using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>Rules of the bot: one by one, and as a file.</summary>
internal static class RulesApi
{
    private const int DocumentBytesMax = 4 * 1024 * 1024;

    public static void MapRulesApi(this IEndpointRouteBuilder api)
    {
        var reads = api.MapGroup("/smartbot/rules").WithTags("SmartBot").RequireAuthorization(Policies.Viewer);
        reads.MapGet("", ListAsync).WithName("ListRules").WithSummary("List rules, oldest first.");
        reads.MapGet("/export", ExportAsync).WithName("ExportRules").WithSummary("An instance's rules as a file; format=json or csv.");
        reads.MapGet("/{id}", GetAsync).WithName("GetRule").WithSummary("Read a rule.");

        var acts = api.MapGroup("/smartbot/rules").WithTags("SmartBot").RequireAuthorization(Policies.Operator);
        acts.MapPost("", CreateAsync).WithName("CreateRule").WithSummary("Make a rule; the model learns it within 2 seconds of the last edit.");
        acts.MapPost("/import", ImportAsync).WithName("ImportRules").WithSummary("Take in a file of rules, all of it or nothing; format=json or csv.");
        acts.MapPut("/{id}", UpdateAsync).WithName("UpdateRule").WithSummary("Change a rule: absent members stay.");
        acts.MapDelete("/{id}", DeleteAsync).WithName("DeleteRule").WithSummary("Delete a rule.");
    }

    /// <summary>Why a rule was not changed.</summary>
    public static Problem Refusal(RuleChange change, string what) => change.RefusalCode switch
    {
        "not_found" => Problem.NotFound(what),
        "too_many_rules" => Problem.Conflict(ProblemCode.LimitReached, change.Reason ?? "Too many rules."),
        _ => Problem.Invalid(change.Field ?? "rule", change.Reason ?? "Not valid."),
    };

    private static async Task<Results<Ok<Page<RuleAnswer>>, Problem>> ListAsync(
        Caller caller, BotFinder bots, string? instance = null, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var rules = new List<RuleAnswer>();
        foreach (var grain in await bots.AmongAsync(instance, caller)) rules.AddRange((await grain.ListRulesAsync()).Select(RuleAnswer.For));
        return TypedResults.Ok(SmallPages.Of(rules.OrderBy(rule => rule.Id, StringComparer.Ordinal), rule => rule.Id, cursor, limit));
    }

    private static async Task<Results<Ok<RuleAnswer>, Problem>> GetAsync(string id, Caller caller, BotFinder bots, string? instance = null) =>
        await bots.RuleAsync(id, instance, caller) is var (_, rule) ? TypedResults.Ok(RuleAnswer.For(rule)) : Problem.NotFound("rule");

    private static async Task<Results<Created<RuleAnswer>, Problem>> CreateAsync(RuleRequest request, Caller caller, BotFinder bots)
    {
        if (request.Instance is not { Length: > 0 }) return Problem.Invalid("instance", "Needed.");
        if (await bots.OfAsync(request.Instance, caller) is not { } found) return Problem.NotFound("instance");
        var change = await found.Grain.PutRuleAsync(request.ToRule(found.Instance, null));
        return change.Rule is { } rule ? TypedResults.Created($"/api/smartbot/rules/{rule.Id}", RuleAnswer.For(rule)) : Refusal(change, "rule");
    }

    private static async Task<Results<Ok<RuleAnswer>, Problem>> UpdateAsync(
        string id, RuleRequest request, Caller caller, BotFinder bots, string? instance = null)
    {
        if (await bots.RuleAsync(id, instance, caller) is not var (grain, before)) return Problem.NotFound("rule");
        if (request.Instance is not null && request.Instance != before.Instance) return Problem.Invalid("instance", "Cannot change.");
        var change = await grain.PutRuleAsync(request.ToRule(before.Instance, before));
        return change.Rule is { } rule ? TypedResults.Ok(RuleAnswer.For(rule)) : Refusal(change, "rule");
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(string id, Caller caller, BotFinder bots, string? instance = null) =>
        await bots.RuleAsync(id, instance, caller) is var (grain, rule) && await grain.DeleteRuleAsync(rule.Instance, id)
            ? TypedResults.NoContent()
            : Problem.NotFound("rule");

    private static async Task<Results<ContentHttpResult, Problem>> ExportAsync(string instance, Caller caller, BotFinder bots, string format = "json")
    {
        if (format is not ("json" or "csv")) return Problem.Invalid("format", "One of json, csv.");
        if (await bots.OfAsync(instance, caller) is not { } found) return Problem.NotFound("instance");
        var document = await found.Grain.ExportAsync(format);
        return TypedResults.Content(document, format == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8");
    }

    private static async Task<Results<Ok<ImportAnswer>, Problem>> ImportAsync(
        string instance, Caller caller, BotFinder bots, HttpRequest http, CancellationToken cancellationToken, string format = "json")
    {
        if (format is not ("json" or "csv")) return Problem.Invalid("format", "One of json, csv.");
        if (await bots.OfAsync(instance, caller) is not { } found) return Problem.NotFound("instance");
        if (await ReadAsync(http, cancellationToken) is not { } document) return StatusProblems.For(413);
        var imported = await found.Grain.ImportAsync(found.Instance, format, document);
        return imported.Errors.IsEmpty
            ? TypedResults.Ok(new ImportAnswer(imported.Added, imported.Updated))
            : Problem.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["document"] = [.. imported.Errors] });
    }

    // Null: too long.
    private static async Task<string?> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > DocumentBytesMax) return null;
            body.Write(chunk, 0, read);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
