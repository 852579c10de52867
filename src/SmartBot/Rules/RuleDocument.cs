using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Waqtor.SmartBot;

/// <summary>Rules as a file, JSON or CSV, out and in. What is written is read back the same; what cannot be read is reported rule by rule.</summary>
public static class RuleDocument
{
    /// <summary>Characters of a file.</summary>
    public const int CharactersMax = 4 * 1024 * 1024;

    /// <summary>Rules in a file.</summary>
    public const int RulesMax = 1000;

    /// <summary>Phrases of a rule.</summary>
    public const int PhrasesMax = 200;

    /// <summary>Characters of a phrase.</summary>
    public const int PhraseCharactersMax = 500;

    /// <summary>Characters of a name.</summary>
    public const int NameCharactersMax = 200;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 32,
    };

    /// <summary>Writes <c>{"rules": [...]}</c>.</summary>
    public static string WriteJson(IReadOnlyList<RuleEntry> rules) => JsonSerializer.Serialize(new RuleFile { Rules = rules }, Json);

    /// <summary>Reads <c>{"rules": [...]}</c> or a bare list.</summary>
    public static RuleImport ReadJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var check = new RuleCheck();
        if (text.Length > CharactersMax) return RuleCheck.Refused("too_large", $"The file is longer than {CharactersMax} characters.");
        try
        {
            using var document = JsonDocument.Parse(text, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
            return RuleJson.Read(document.RootElement, check);
        }
        catch (JsonException exception)
        {
            return RuleCheck.Refused("unreadable", $"This is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");
        }
    }

    /// <summary>Writes one rule a line under a header; phrases stand one a line inside their cell.</summary>
    public static string WriteCsv(IReadOnlyList<RuleEntry> rules) => RuleCsv.Write(rules);

    /// <summary>Reads what <see cref="WriteCsv"/> writes, and what a spreadsheet makes of it: comma, semicolon or tab, phrases by line or by <c>|</c>.</summary>
    public static RuleImport ReadCsv(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var check = new RuleCheck();
        return text.Length > CharactersMax ? RuleCheck.Refused("too_large", $"The file is longer than {CharactersMax} characters.") : RuleCsv.Read(text, check);
    }

    /// <summary>Judges one rule as an import would; <paramref name="row"/> goes into the report.</summary>
    public static IReadOnlyList<RuleProblem> Validate(RuleEntry rule, int row = 1) => new RuleCheck().Check(rule, row);
}
