using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Waqtor.SmartBot;

/// <summary>Rules as a table (RFC 4180), made to survive a spreadsheet: a cell that would be taken for a formula is written with an apostrophe before it.</summary>
internal static class RuleCsv
{
    private static readonly string[] Columns =
        ["id", "name", "language", "priority", "enabled", "phrases", "negativePhrases", "reply", "interactive", "schedule"];

    private static readonly SearchValues<char> Special = SearchValues.Create(",\";\n\r\t");

    public static string Write(IReadOnlyList<RuleEntry> rules)
    {
        var output = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var rule in rules)
        {
            string[] cells =
            [
                rule.Id ?? "", rule.Name, rule.Language ?? "", rule.Priority.ToString(CultureInfo.InvariantCulture), rule.Enabled ? "true" : "false",
                Joined(rule.Phrases), Joined(rule.NegativePhrases), rule.Reply ?? "", rule.Interactive?.GetRawText() ?? "", rule.Schedule?.GetRawText() ?? "",
            ];
            output.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
        }

        return output.ToString();
    }

    public static RuleImport Read(string text, RuleCheck check)
    {
        var rows = CsvTable.Read(text.TrimStart('\uFEFF'));
        if (rows is null) return RuleCheck.Refused("unreadable", "A quoted cell is not closed.");
        if (rows.Count == 0) return RuleCheck.Refused("unreadable", "The file is empty.");
        var header = rows[0].Select(cell => Array.Find(Columns, column => column.Equals(cell.Trim(), StringComparison.OrdinalIgnoreCase)) ?? cell.Trim()).ToList();
        if (!header.Contains("name") || !header.Contains("phrases")) return RuleCheck.Refused("unreadable", "The first line must name the columns, at least name and phrases.");
        foreach (var name in header.Except(Columns).Where(name => name.Length > 0 && name != "instance")) check.Report(0, name, "unknown_field", $"{name} is not a field of a rule and was left out.", false);

        for (var row = 1; row < rows.Count; row++)
        {
            if (rows[row].All(string.IsNullOrWhiteSpace)) continue;
            var cells = header.Select((name, column) => (name, Value: column < rows[row].Count ? Plain(rows[row][column]) : ""))
                .DistinctBy(cell => cell.name).ToDictionary(cell => cell.name, cell => cell.Value, StringComparer.Ordinal);
            ReadRule(cells, row, check);
        }

        return check.Result;
    }

    private static void ReadRule(Dictionary<string, string> cells, int row, RuleCheck check)
    {
        string Cell(string name) => cells.GetValueOrDefault(name, "");
        var failed = false;
        void Invalid(string field, string message)
        {
            failed = true;
            check.Report(row, field, "invalid", message);
        }

        var priority = 0;
        if (Cell("priority").Trim() is { Length: > 0 } number && !int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out priority)) Invalid("priority", "priority is a whole number.");
        var enabled = Cell("enabled").Trim().ToUpperInvariant();
        if (enabled is not ("" or "TRUE" or "FALSE" or "1" or "0" or "YES" or "NO")) Invalid("enabled", "enabled is true or false.");
        check.Take(
            new()
            {
                Id = NullIfEmpty(Cell("id")),
                Name = Cell("name"),
                Language = NullIfEmpty(Cell("language").Trim()),
                Priority = priority,
                Enabled = enabled is not ("FALSE" or "0" or "NO"),
                Phrases = Parted(Cell("phrases")),
                NegativePhrases = Parted(Cell("negativePhrases")),
                Reply = NullIfEmpty(Cell("reply")),
                Interactive = ReadJson(Cell("interactive"), "interactive", Invalid),
                Schedule = ReadJson(Cell("schedule"), "schedule", Invalid),
            },
            row,
            failed);
    }

    private static JsonElement? ReadJson(string cell, string field, Action<string, string> invalid)
    {
        if (string.IsNullOrWhiteSpace(cell)) return null;
        try
        {
            using var document = JsonDocument.Parse(cell, new() { MaxDepth = 32 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            invalid(field, $"{field} is not JSON.");
            return null;
        }
    }

    private static string? NullIfEmpty(string cell) => cell.Length == 0 ? null : cell;

    private static string Joined(IReadOnlyList<string> phrases) => string.Join('\n', phrases.Select(phrase => phrase
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)));

    private static List<string> Parted(string cell)
    {
        var phrases = new List<string>();
        if (cell.Length == 0) return phrases;
        var phrase = new StringBuilder();
        for (var index = 0; index < cell.Length; index++)
        {
            var character = cell[index];
            if (character == '\\' && index + 1 < cell.Length)
            {
                var escaped = cell[++index];
                phrase.Append(escaped switch { 'n' => '\n', 'r' => '\r', _ => escaped });
            }
            else if (character is '\n' or '|')
            {
                phrases.Add(phrase.ToString());
                phrase.Clear();
            }
            else if (character != '\r')
            {
                phrase.Append(character);
            }
        }

        phrases.Add(phrase.ToString());
        return phrases;
    }

    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && IsFormulaStart(cell[0])) cell = "'" + cell;
        return cell.AsSpan().ContainsAny(Special) || cell.StartsWith(' ') || cell.EndsWith(' ') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    private static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && IsFormulaStart(cell[1]) ? cell[1..] : cell;

    private static bool IsFormulaStart(char character) => character is '=' or '+' or '-' or '@' or '\'' or '\t' or '\r';
}
