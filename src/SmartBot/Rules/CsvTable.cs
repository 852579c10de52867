using System.Text;

namespace Waqtor.SmartBot;

/// <summary>Splits CSV into rows of cells; the delimiter is the one that the first line has most of.</summary>
internal static class CsvTable
{
    /// <summary>The rows, or null when a quoted cell is never closed.</summary>
    public static List<List<string>>? Read(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var delimiter = DelimiterOf(text);
        var quoted = false;
        var wasQuoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (quoted)
            {
                if (character != '"') cell.Append(character);
                else if (index + 1 < text.Length && text[index + 1] == '"') cell.Append(text[index++]);
                else quoted = false;
            }
            else if (character == '"' && cell.Length == 0 && !wasQuoted)
            {
                quoted = wasQuoted = true;
            }
            else if (character == delimiter || character is '\n' or '\r')
            {
                if (character == '\r' && index + 1 < text.Length && text[index + 1] == '\n') index++;
                row.Add(cell.ToString());
                cell.Clear();
                wasQuoted = false;
                if (character == delimiter) continue;
                rows.Add(row);
                row = [];
            }
            else
            {
                cell.Append(character);
            }
        }

        if (quoted) return null;
        if (cell.Length > 0 || row.Count > 0 || wasQuoted)
        {
            row.Add(cell.ToString());
            rows.Add(row);
        }

        return rows;
    }

    private static char DelimiterOf(string text)
    {
        var line = text.AsSpan();
        if (line.IndexOfAny('\n', '\r') is var end and >= 0) line = line[..end];
        var (commas, semicolons, tabs) = (line.Count(','), line.Count(';'), line.Count('\t'));
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
