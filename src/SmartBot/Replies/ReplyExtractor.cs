using System.Text;

namespace Waqtor.SmartBot;

/// <summary>
/// Takes the reply for the customer out of a model's answer, whatever wraps it: plain text, JSON with <c>response</c>, such JSON in a code fence or
/// inside prose, JSON in a string of JSON, broken or cut-off JSON. The customer gets the reply text, once, and never a piece of JSON.
/// </summary>
public static class ReplyExtractor
{
    /// <summary>Characters of an answer that are read.</summary>
    public const int CharactersMax = 65_536;

    private const int ObjectsMax = 32;
    private const int UnwrapMax = 4;
    private const int FieldsMax = 32;

    private static readonly string[] ReplyNames = ["response", "reply", "answer", "message", "text", "content", "output"];

    /// <summary>Reads an answer.</summary>
    public static ExtractedReply Extract(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Length > CharactersMax) answer = answer[..CharactersMax];
        var found = new Found();
        var text = Read(WithoutThinking(answer).Trim(), found, 0);
        return new(text.Trim(), found.NeedsDataCollection, found.Fields, found.IsStructured);
    }

    private static string Read(string text, Found found, int depth)
    {
        if (depth > UnwrapMax) return "";
        var outside = new StringBuilder();
        var position = 0;
        var objects = 0;
        string? reply = null;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            if (open < 0 || objects >= ObjectsMax) break;
            objects++;
            var reader = new LenientJson(text, open);
            var members = reader.ReadObject();
            if (members is null || members.Count == 0)
            {
                outside.Append(text, position, open + 1 - position);
                position = open + 1;
                continue;
            }

            outside.Append(text, position, open - position);
            position = reader.Position;
            found.Take(members);
            reply ??= ReplyOf(members, found, depth);
        }

        if (position < text.Length) outside.Append(text, position, text.Length - position);
        return reply ?? ReadPlain(WithoutFences(outside.ToString()), found, depth);
    }

    private static string? ReplyOf(Dictionary<string, object?> members, Found found, int depth)
    {
        found.IsStructured = true;
        foreach (var name in ReplyNames)
        {
            if (!members.TryGetValue(name, out var value)) continue;
            if (Reply(value, found, depth) is { Length: > 0 } reply) return reply;
        }

        foreach (var value in members.Values)
        {
            if (value is Dictionary<string, object?> inner && depth < UnwrapMax && Nested(inner, found, depth) is { Length: > 0 } reply) return reply;
        }

        return null;
    }

    private static string? Nested(Dictionary<string, object?> members, Found found, int depth)
    {
        found.Take(members);
        return ReplyOf(members, found, depth + 1);
    }

    private static string? Reply(object? value, Found found, int depth) => value switch
    {
        string text => LooksWrapped(text) ? Read(text.Trim(), found, depth + 1) : text,
        Dictionary<string, object?> members when depth < UnwrapMax => Nested(members, found, depth),
        List<object?> items when depth < UnwrapMax => string.Join('\n', items.Select(item => Reply(item, found, depth + 1)).OfType<string>().Where(item => item.Length > 0)),
        _ => null,
    };

    // A string of JSON: the whole answer quoted once more, or its quotes escaped without the outer ones.
    private static string ReadPlain(string text, Found found, int depth)
    {
        text = text.Trim();
        if (text.Contains("\\\"", StringComparison.Ordinal) && text.Contains('{', StringComparison.Ordinal))
        {
            var unescaped = text.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
            if (unescaped != text) return Read(unescaped, found, depth + 1);
        }

        var isQuoted = text.Length > 1 && text[0] == '"' && text[^1] == '"' && text.AsSpan(1, text.Length - 2).IndexOf('"') < 0;
        // JSON that could not be read is nothing for a customer either.
        if (text.IndexOf("{\"", StringComparison.Ordinal) is var unread and >= 0) text = text[..unread].TrimEnd();
        return isQuoted ? text[1..^1].Replace("\\n", "\n", StringComparison.Ordinal) : IsOnlyBrackets(text) ? "" : text;
    }

    private static bool LooksWrapped(string text) => text.Contains('{', StringComparison.Ordinal)
        && ReplyNames.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)) && text.Contains(':', StringComparison.Ordinal);

    private static bool IsOnlyBrackets(string text) => text.All(character => char.IsWhiteSpace(character) || "[]{},".Contains(character, StringComparison.Ordinal));

    private static string WithoutFences(string text)
    {
        if (!text.Contains("```", StringComparison.Ordinal)) return text;
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal));
        return string.Join('\n', lines).Replace("```json", "", StringComparison.OrdinalIgnoreCase).Replace("```", "", StringComparison.Ordinal);
    }

    // What a reasoning model thinks aloud is not for the customer.
    private static string WithoutThinking(string text)
    {
        for (var round = 0; round < ObjectsMax; round++)
        {
            var open = text.IndexOf("<think>", StringComparison.OrdinalIgnoreCase);
            var close = text.IndexOf("</think>", StringComparison.OrdinalIgnoreCase);
            if (close >= 0) text = string.Concat(text.AsSpan(0, open >= 0 && open < close ? open : 0), text.AsSpan(close + "</think>".Length));
            else return open >= 0 ? text[..open] : text;
        }

        return text;
    }

    private sealed class Found
    {
        private readonly List<string> _fields = [];

        public bool NeedsDataCollection { get; private set; }

        public bool IsStructured { get; set; }

        public IReadOnlyList<string> Fields => _fields;

        public void Take(Dictionary<string, object?> members)
        {
            if (members.TryGetValue("needsDataCollection", out var needs) || members.TryGetValue("needs_data_collection", out needs))
            {
                NeedsDataCollection |= needs is true || (needs is string word && word.Equals("true", StringComparison.OrdinalIgnoreCase));
            }

            if (!members.TryGetValue("requestedFields", out var fields) && !members.TryGetValue("requested_fields", out fields)) return;
            foreach (var field in fields is List<object?> list ? list : [fields]) Add(field);
        }

        private void Add(object? field)
        {
            var name = field is Dictionary<string, object?> member ? member.GetValueOrDefault("name") as string : field as string;
            if (!string.IsNullOrWhiteSpace(name) && _fields.Count < FieldsMax && !_fields.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase)) _fields.Add(name.Trim());
        }
    }
}
