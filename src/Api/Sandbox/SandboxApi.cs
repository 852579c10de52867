using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Waqtor.Api.Access;
using Waqtor.Api.Inbound;
using Waqtor.Api.Instances;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.Archive;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Sandbox;

/// <summary>The simulated WhatsApp: phones to type on, their screens, and faults.</summary>
internal static class SandboxApi
{
    private const int TextCharactersMax = 4_096;
    private const int NameCharactersMax = 100;
    private const int LatencyMillisecondsMax = 60_000;

    public static void MapSandboxApi(this IEndpointRouteBuilder api)
    {
        var reads = api.MapGroup("/sandbox/{instance}").WithTags("Sandbox").RequireAuthorization(Policies.Viewer);
        reads.MapGet("/phones", ListPhonesAsync).WithName("ListSandboxPhones").WithSummary("List the simulated phones.");
        reads.MapGet("/phones/{phone}/messages", ReadScreenAsync).WithName("ReadSandboxPhone").WithSummary("What a phone shows, oldest first.");
        reads.MapGet("/faults", GetFaultsAsync).WithName("GetSandboxFaults").WithSummary("How the simulated WhatsApp misbehaves.");

        var acts = api.MapGroup("/sandbox/{instance}").WithTags("Sandbox").RequireAuthorization(Policies.Operator);
        acts.MapPost("/phones", AddPhoneAsync).WithName("AddSandboxPhone").WithSummary("Add or rename a phone.");
        acts.MapPut("/phones/{phone}", PutPhoneAsync).WithName("PutSandboxPhone").WithSummary("Add or rename a phone.");
        acts.MapDelete("/phones/{phone}", RemovePhoneAsync).WithName("RemoveSandboxPhone").WithSummary("Remove a phone.");
        acts.MapPost("/phones/{phone}/messages", TypeAsync).WithName("TypeOnSandboxPhone").WithSummary("Type a text on a phone, or choose a button or row on it: delivered like any other.");
        acts.MapPut("/faults", SetFaultsAsync).WithName("SetSandboxFaults").WithSummary("Set how the simulated WhatsApp misbehaves.");
    }

    private static async Task<Results<Ok<Page<SandboxPhone>>, Problem>> ListPhonesAsync(
        string instance, Caller caller, InstanceCache instances, IGrainFactory grains, string? cursor = null, int limit = Paging.LimitDefault)
    {
        if (Paging.Check(limit) is { } problem) return problem;
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        return sandbox is null
            ? refusal!
            : TypedResults.Ok(SmallPages.Of(await Grain(grains, sandbox).ListPhonesAsync(), phone => phone.Phone, cursor, limit));
    }

    private static async Task<Results<Ok<Page<SandboxMessage>>, Problem>> ReadScreenAsync(
        string instance, string phone, Caller caller, InstanceCache instances, IGrainFactory grains)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        if (sandbox is null) return refusal!;
        return Phone.Read(phone) is { } digits && await Grain(grains, sandbox).ReadScreenAsync(digits) is { } screen
            ? TypedResults.Ok(new Page<SandboxMessage>(screen, null))
            : Problem.NotFound("phone");
    }

    private static async Task<Results<Ok<SandboxFaults>, Problem>> GetFaultsAsync(
        string instance, Caller caller, InstanceCache instances, IGrainFactory grains)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        return sandbox is null ? refusal! : TypedResults.Ok(await Grain(grains, sandbox).GetFaultsAsync());
    }

    private static async Task<Results<Ok<SandboxPhone>, Problem>> PutPhoneAsync(
        string instance, string phone, Caller caller, InstanceCache instances, IGrainFactory grains, RenameRequest? request = null) =>
        await PutAsync(instance, phone, request?.Name, caller, instances, grains) is (var saved, var refusal) && saved is not null
            ? TypedResults.Ok(saved)
            : refusal!;

    private static async Task<Results<Created<SandboxPhone>, Problem>> AddPhoneAsync(
        string instance, PhoneRequest request, Caller caller, InstanceCache instances, IGrainFactory grains) =>
        await PutAsync(instance, request.Phone ?? "", request.Name, caller, instances, grains) is (var saved, var refusal) && saved is not null
            ? TypedResults.Created($"/api/sandbox/{instance}/phones/{saved.Phone}", saved)
            : refusal!;

    private static async Task<(SandboxPhone? Saved, Problem? Refusal)> PutAsync(
        string instance, string phone, string? name, Caller caller, InstanceCache instances, IGrainFactory grains)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        if (sandbox is null) return (null, refusal);
        var errors = new FieldErrors();
        var digits = Phone.Read(phone);
        errors.Require(digits is not null, "phone", "A phone number with country code.");
        errors.Require(name is null or { Length: >= 1 and <= NameCharactersMax }, "name", $"1 to {NameCharactersMax} characters.");
        RefuseNul(name, "name", errors);
        if (errors.Problem is { } problem) return (null, problem);
        return (await Grain(grains, sandbox).PutPhoneAsync(digits!, name ?? digits!), null);
    }

    private static async Task<Results<NoContent, Problem>> RemovePhoneAsync(
        string instance, string phone, Caller caller, InstanceCache instances, IGrainFactory grains)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        if (sandbox is null) return refusal!;
        return Phone.Read(phone) is { } digits && await Grain(grains, sandbox).RemovePhoneAsync(digits)
            ? TypedResults.NoContent()
            : Problem.NotFound("phone");
    }

    private static async Task<Results<Ok<TypeAnswer>, Problem>> TypeAsync(
        string instance, string phone, TypeRequest request, Caller caller, InstanceCache instances, IGrainFactory grains,
        IngestPipeline pipeline, IIdSource ids, TimeProvider clock)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        if (sandbox is null) return refusal!;
        var errors = new FieldErrors();
        errors.Require(request.Choice is not null || request.Text is { Length: >= 1 and <= TextCharactersMax }, "text", $"1 to {TextCharactersMax} characters.");
        errors.Require(request.Choice is null || request.Text is null, "choice", "Either a text or a choice.");
        errors.Require(request.Choice is null or { Length: >= 1 and <= OfferLimits.ButtonIdCharactersMax }, "choice",
            $"1 to {OfferLimits.ButtonIdCharactersMax} characters.");
        RefuseNul(request.Text, "text", errors);
        RefuseNul(request.Choice, "choice", errors);
        if (errors.Problem is { } invalid) return invalid;
        if (Phone.Read(phone) is not { } digits) return Problem.NotFound("phone");
        var acted = request.Choice is { } choice
            ? await Grain(grains, sandbox).ChooseAsync(digits, choice, request.ProviderMessageId)
            : await Grain(grains, sandbox).TypeAsync(digits, request.Text!);
        if (acted is not { } messages) return Problem.NotFound("option on the phone's screen");
        if (messages.IsDefaultOrEmpty) return Problem.NotFound("phone");

        var body = TypedDelivery.Write(messages);
        var result = await pipeline.AcceptAsync(new Delivery
        {
            Id = ids.New(IdPrefix.Delivery),
            Instance = sandbox,
            Provider = ProviderWords.Of(ProviderKind.Sandbox),
            ReceivedAt = clock.GetUtcNow(),
            TakenUpAt = clock.GetTimestamp(),
            // It comes from inside; the caller's key stands for the signature.
            SignatureChecked = true,
            Bytes = body.Length,
            Accepts = static _ => false,
        }, body);
        if (result.Refusal is { } problem) return problem;
        var answer = result.Answer;
        return TypedResults.Ok(new TypeAnswer(messages[0].ProviderMessageId, answer.DeliveryId, answer.Stored, answer.Duplicates, answer.Spooled));
    }

    private static async Task<Results<Ok<SandboxFaults>, Problem>> SetFaultsAsync(
        string instance, SandboxFaults request, Caller caller, InstanceCache instances, IGrainFactory grains)
    {
        var (sandbox, refusal) = await FindAsync(instance, caller, instances);
        if (sandbox is null) return refusal!;
        var errors = new FieldErrors();
        errors.Require(request.LatencyMilliseconds is >= 0 and <= LatencyMillisecondsMax, "latencyMilliseconds", $"0 to {LatencyMillisecondsMax}.");
        errors.Require(request.ErrorRate is >= 0 and <= 1, "errorRate", "0 to 1.");
        errors.Require(request.TimeoutRate is >= 0 and <= 1, "timeoutRate", "0 to 1.");
        errors.Require(request.DuplicateRate is >= 0 and <= 1, "duplicateRate", "0 to 1.");
        if (errors.Problem is { } problem) return problem;
        await Grain(grains, sandbox).SetFaultsAsync(request);
        return TypedResults.Ok(request);
    }

    private static async Task<(CachedInstance? Sandbox, Problem? Refusal)> FindAsync(string instance, Caller caller, InstanceCache instances)
    {
        if (!caller.Sees(instance) || await instances.GetAsync(instance) is not { } found) return (null, Problem.NotFound("instance"));
        return found.Provider == ProviderKind.Sandbox
            ? (found, null)
            : (null, Problem.Conflict(ProblemCode.NotSandbox, "This instance is not a sandbox."));
    }

    // The archive's databases cannot keep it, and no phone can type it.
    private static void RefuseNul(string? text, string field, FieldErrors errors) =>
        errors.Require(text?.Contains('\0', StringComparison.Ordinal) != true, field, "No NUL character.");

    private static ISandboxGrain Grain(IGrainFactory grains, CachedInstance sandbox) => grains.GetGrain<ISandboxGrain>(sandbox.Name);
}
