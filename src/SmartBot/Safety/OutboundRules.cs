using System.Net;

namespace Waqtor.SmartBot;

/// <summary>What must not leave: secrets, data of other people, links that nobody allowed.</summary>
internal static class OutboundRules
{
    private const int SecretCharactersMin = 6;
    private const int KeyCharactersMin = 16;

    // How the keys of well-known services begin; what follows must be long and without spaces to count.
    private static readonly string[] KeyPrefixes =
    [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "pk_live_", "whsec_", "ghp_", "gho_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA", "ASIA", "AIza", "EAAG", "EAAJ", "eyJhbGciOi", "ya29.",
    ];

    private static readonly string[] Blocks = ["-----BEGIN", "Bearer eyJ"];

    public static void AddSecrets(string text, OutboundContext context, List<SafetyFinding> findings)
    {
        foreach (var secret in context.Secrets.Where(secret => secret.Trim().Length >= SecretCharactersMin))
        {
            var at = text.IndexOf(secret.Trim(), StringComparison.OrdinalIgnoreCase);
            if (at >= 0) findings.Add(new(SafetyChecks.Secret, at, secret.Trim().Length, SafetyAction.Block, "known"));
        }

        foreach (var prefix in KeyPrefixes.Concat(Blocks))
        {
            var at = text.IndexOf(prefix, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))) continue;
            var end = at + prefix.Length;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.')) end++;
            if (Blocks.Contains(prefix) || end - at >= KeyCharactersMin) findings.Add(new(SafetyChecks.Secret, at, end - at, SafetyAction.Block, "key"));
        }
    }

    public static void AddForeignData(string text, OutboundContext context, List<SafetyFinding> findings)
    {
        var known = context.KnownPhones.Concat(context.TrustedTexts).SelectMany(DigitRun.Find).Select(run => PhoneShape.Tail(run.Digits)).ToHashSet(StringComparer.Ordinal);
        foreach (var span in SensitiveSpans.Find(text))
        {
            var piece = text.Substring(span.Start, span.Length);
            if (span.Kind == "card" && !IsTrusted(piece, context)) findings.Add(new(SafetyChecks.Card, span.Start, span.Length, SafetyAction.Block));
            else if (span.Kind == "email" && !IsTrusted(piece, context)) findings.Add(new(SafetyChecks.ForeignEmail, span.Start, span.Length, SafetyAction.Block));
            else if (span.Kind == "phone" && !known.Contains(PhoneShape.Tail(DigitRun.Find(piece).First().Digits)))
            {
                findings.Add(new(SafetyChecks.ForeignPhone, span.Start, span.Length, SafetyAction.Block));
            }
        }
    }

    public static void AddLinks(string text, OutboundContext context, List<SafetyFinding> findings)
    {
        foreach (var link in Links.Find(text))
        {
            var hidesItsTarget = link.HasUser || link.Scheme is "javascript" or "data" or "vbscript" or "file" || IPAddress.TryParse(link.Host, out _);
            var allowed = context.AllowAnyLink || IsTrusted(link.Host, context)
                || context.LinkHosts.Any(host => link.Host == host || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
            if (hidesItsTarget || !allowed) findings.Add(new(SafetyChecks.Link, link.Start, link.Length, SafetyAction.Block, link.Host));
        }
    }

    private static bool IsTrusted(string piece, OutboundContext context) =>
        piece.Length > 0 && context.TrustedTexts.Any(trusted => trusted.Contains(piece, StringComparison.OrdinalIgnoreCase));
}
