using System.Collections.Immutable;
using Waqtor.Api.Lists;
using Waqtor.Api.Problems;
using Waqtor.SmartBot;

namespace Waqtor.Api.Instances;

/// <summary>Checks a <see cref="SmartBotRequest"/> and turns it into settings.</summary>
internal static class SmartBotForm
{
    private const int AddressCharactersMax = 2_048;
    private const int ModelCharactersMax = 200;
    private const int PromptCharactersMax = 8_000;
    private const int TextCharactersMax = 4_096;
    private const int MenuCharactersMax = 1_024;
    private const int VariablesMax = 50;
    private const int VariableCharactersMax = 1_000;
    private const int PauseMinutesMax = 525_600;

    public static void Check(SmartBotRequest? request, SmartBotSettings? before, FieldErrors errors)
    {
        if (request is null) return;
        var answer = request.AnswerConfidence ?? before?.AnswerConfidence ?? 0.75;
        var consider = request.ConsiderConfidence ?? before?.ConsiderConfidence ?? 0.45;
        errors.Require(answer is >= 0.5 and <= 1, "smartBot.answerConfidence", "0.5 to 1.");
        errors.Require(consider >= 0 && consider <= answer, "smartBot.considerConfidence", "0 to answerConfidence.");
        errors.Require(request.Strictness is null or (>= 0.05 and <= 0.15), "smartBot.strictness", "0.05 to 0.15.");
        errors.Require(request.MenuText is null or { Length: <= MenuCharactersMax }, "smartBot.menuText", $"At most {MenuCharactersMax} characters.");
        errors.Require(request.HandOverText is null or { Length: <= TextCharactersMax }, "smartBot.handOverText", $"At most {TextCharactersMax} characters.");
        errors.Require(request.HandOverMinutes is null or (>= 0 and <= PauseMinutesMax), "smartBot.handOverMinutes", $"0 to {PauseMinutesMax}.");
        errors.Require(request.TimeZone is null or "" || TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out _), "smartBot.timeZone", "The name of a time zone.");
        errors.Require(request.Variables is null || (request.Variables.Count <= VariablesMax
            && request.Variables.All(one => one.Key.Length is >= 1 and <= 64 && one.Value?.Length <= VariableCharactersMax)),
            "smartBot.variables", $"At most {VariablesMax}, with names of 1 to 64 and values of at most {VariableCharactersMax} characters.");
        CheckAi(request.Ai, before?.Ai, errors);
        CheckEmbedder(request.Embedder, before?.Embedder, errors);
    }

    /// <summary>The whole settings after the request, on top of <paramref name="before"/>.</summary>
    public static SmartBotSettings? Settings(SmartBotRequest? request, SmartBotSettings? before)
    {
        if (request is null) return before;
        var settings = before ?? new SmartBotSettings();
        return settings with
        {
            AnswerConfidence = request.AnswerConfidence ?? settings.AnswerConfidence,
            ConsiderConfidence = request.ConsiderConfidence ?? settings.ConsiderConfidence,
            Strictness = request.Strictness ?? settings.Strictness,
            Menu = request.Menu ?? settings.Menu,
            MenuText = Text(request.MenuText, settings.MenuText),
            HandOver = request.HandOver ?? settings.HandOver,
            HandOverText = request.HandOverText ?? settings.HandOverText,
            HandOverMinutes = request.HandOverMinutes switch { null => settings.HandOverMinutes, 0 => null, _ => request.HandOverMinutes },
            Ai = Ai(request.Ai, settings.Ai),
            Embedder = Embedder(request.Embedder, settings.Embedder),
            Variables = request.Variables?.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase) ?? settings.Variables,
            TimeZone = Text(request.TimeZone, settings.TimeZone),
        };
    }

    private static void CheckAi(AiRequest? request, AiSettings? before, FieldErrors errors)
    {
        if (request is null or { BaseUrl: "" }) return;
        Words.Read<EndpointKind>(request.Kind, "smartBot.ai.kind", errors, ignoreCase: true);
        errors.Require(IsAddress(request.BaseUrl ?? before?.BaseUrl), "smartBot.ai.baseUrl", "An absolute http or https address without a password.");
        errors.Require(IsModel(request.Model ?? before?.Model), "smartBot.ai.model", $"1 to {ModelCharactersMax} characters.");
        errors.Require(request.SystemPrompt is null or { Length: <= PromptCharactersMax }, "smartBot.ai.systemPrompt", $"At most {PromptCharactersMax} characters.");
        errors.Require(request.Turns is null or (>= 0 and <= 50), "smartBot.ai.turns", "0 to 50.");
        errors.Require(request.TimeoutSeconds is null or (>= 1 and <= 50), "smartBot.ai.timeoutSeconds", "1 to 50.");
        errors.Require(request.DailyBudget is null or (>= 0 and <= 1_000_000), "smartBot.ai.dailyBudget", "0 to 1,000,000.");
    }

    private static void CheckEmbedder(EmbedderRequest? request, EmbedderSettings? before, FieldErrors errors)
    {
        if (request is null or { BaseUrl: "" }) return;
        Words.Read<EndpointKind>(request.Kind, "smartBot.embedder.kind", errors, ignoreCase: true);
        errors.Require(IsAddress(request.BaseUrl ?? before?.BaseUrl), "smartBot.embedder.baseUrl", "An absolute http or https address without a password.");
        errors.Require(IsModel(request.Model ?? before?.Model), "smartBot.embedder.model", $"1 to {ModelCharactersMax} characters.");
    }

    private static AiSettings? Ai(AiRequest? request, AiSettings? before)
    {
        if (request is null) return before;
        if (request.BaseUrl is "") return null;
        var settings = before ?? new AiSettings { BaseUrl = "", Model = "" };
        return settings with
        {
            Kind = KindOf(request.Kind) ?? settings.Kind,
            BaseUrl = request.BaseUrl ?? settings.BaseUrl,
            Model = request.Model ?? settings.Model,
            SystemPrompt = request.SystemPrompt ?? settings.SystemPrompt,
            Turns = request.Turns ?? settings.Turns,
            TimeoutSeconds = request.TimeoutSeconds ?? settings.TimeoutSeconds,
            DailyBudget = request.DailyBudget ?? settings.DailyBudget,
        };
    }

    private static EmbedderSettings? Embedder(EmbedderRequest? request, EmbedderSettings? before)
    {
        if (request is null) return before;
        if (request.BaseUrl is "") return null;
        var settings = before ?? new EmbedderSettings { BaseUrl = "", Model = "" };
        return settings with
        {
            Kind = KindOf(request.Kind) ?? settings.Kind,
            BaseUrl = request.BaseUrl ?? settings.BaseUrl,
            Model = request.Model ?? settings.Model,
        };
    }

    private static EndpointKind? KindOf(string? word) => Words.Read<EndpointKind>(word, "", new FieldErrors(), ignoreCase: true);

    // A password in an address would be shown with it.
    private static bool IsAddress(string? address) =>
        address is { Length: > 0 and <= AddressCharactersMax }
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0;

    private static bool IsModel(string? model) => model is { Length: >= 1 and <= ModelCharactersMax };

    private static string? Text(string? value, string? before) => value switch { null => before, "" => null, _ => value };
}
