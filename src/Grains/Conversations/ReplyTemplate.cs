using System.Text;

namespace Waqtor.Conversations;

/// <summary>
/// Fills <c>{{name}}</c> placeholders: <c>{{name|friend}}</c> gives a default, and what is missing is left out, so that
/// no placeholder ever reaches a customer. Filled-in values are not looked at again.
/// </summary>
public static class ReplyTemplate
{
    public static string Render(string template, Func<string, string?> value)
    {
        var text = new StringBuilder(template.Length);
        var at = 0;
        while (at < template.Length)
        {
            var open = template.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : template.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0) break;
            text.Append(template, at, open - at);
            var inside = template.AsSpan(open + 2, close - open - 2);
            var bar = inside.IndexOf('|');
            var name = (bar < 0 ? inside : inside[..bar]).Trim().ToString();
            var filled = value(name);
            if (!string.IsNullOrEmpty(filled)) text.Append(filled);
            else if (bar >= 0) text.Append(inside[(bar + 1)..].Trim());
            at = close + 2;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }
}
