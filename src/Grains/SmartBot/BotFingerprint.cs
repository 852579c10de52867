using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waqtor.SmartBot;

/// <summary>What a model was trained with beside its rules: when it differs, the model is trained anew.</summary>
internal static class BotFingerprint
{
    public static string Of(SmartBotSettings settings) => string.Create(CultureInfo.InvariantCulture,
        $"{settings.AnswerConfidence}|{settings.ConsiderConfidence}|{settings.Strictness}|{(settings.Embedder is { } embedder ? Of(embedder) : "")}");

    /// <summary>Names an embedder without showing its address.</summary>
    public static string Of(EmbedderSettings embedder) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{embedder.Kind}\n{embedder.BaseUrl}\n{embedder.Model}")).AsSpan(0, 12));
}
