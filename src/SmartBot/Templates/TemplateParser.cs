namespace Waqtor.SmartBot;

/// <summary>Reads a template from left to right, once.</summary>
internal sealed class TemplateParser(string text)
{
    private readonly HashSet<string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private int _position;
    private int _depth;
    private int _nodes;
    private string? _stop;

    public TemplateError? Error { get; private set; }

    public IReadOnlyCollection<string> Variables => _variables;

    public IReadOnlyList<TemplateNode> Parse()
    {
        if (text.Length > ReplyTemplate.CharactersMax) return Fail(ReplyTemplate.CharactersMax, $"The template is longer than {ReplyTemplate.CharactersMax} characters.");
        var nodes = ParseUntilStop();
        if (Error is null && _stop is not null) return Fail(_position, $"{{{{{_stop}}}}} has no {{{{#if}}}} before it.");
        return nodes;
    }

    private List<TemplateNode> ParseUntilStop()
    {
        var nodes = new List<TemplateNode>();
        _stop = null;
        while (_position < text.Length && Error is null)
        {
            var open = text.IndexOf("{{", _position, StringComparison.Ordinal);
            if (open < 0) open = text.Length;
            var stray = text.AsSpan(_position, open - _position).IndexOf("}}");
            if (stray >= 0) return Fail(_position + stray, "}} has no {{ before it.");
            if (open > _position) nodes.Add(new TemplateNode.Literal(text[_position..open]));
            _position = open;
            if (open < text.Length && ParseTag(nodes)) break;
        }

        return nodes;
    }

    // Answers whether the tag ends the branch that is being read.
    private bool ParseTag(List<TemplateNode> nodes)
    {
        var start = _position;
        var close = text.IndexOf("}}", start + 2, StringComparison.Ordinal);
        if (close < 0) return Stopped(start, "{{ is not closed by }}.");
        if (++_nodes > ReplyTemplate.TagsMax) return Stopped(start, $"The template has more than {ReplyTemplate.TagsMax} tags.");
        var tag = text[(start + 2)..close].Trim();
        _position = close + 2;
        if (tag.Contains('{', StringComparison.Ordinal) || tag.Contains('}', StringComparison.Ordinal)) return Stopped(start, "A tag cannot hold { or }.");
        if (tag is "else" or "/if" or "/unless")
        {
            _stop = tag;
            return true;
        }

        if (tag.StartsWith("#if ", StringComparison.Ordinal)) nodes.AddIfAny(ParseCondition(tag[4..], false, "/if", start));
        else if (tag.StartsWith("#unless ", StringComparison.Ordinal)) nodes.AddIfAny(ParseCondition(tag[8..], true, "/unless", start));
        else nodes.AddIfAny(ParseVariable(tag, start));
        return Error is not null;
    }

    private TemplateNode.Variable? ParseVariable(string tag, int start)
    {
        var bar = tag.IndexOf('|', StringComparison.Ordinal);
        var name = (bar < 0 ? tag : tag[..bar]).Trim();
        return Named(name, start) ? new(name, bar < 0 ? null : tag[(bar + 1)..].Trim()) : null;
    }

    private TemplateNode.Condition? ParseCondition(string condition, bool negated, string end, int start)
    {
        if (++_depth > ReplyTemplate.DepthMax)
        {
            Fail(start, $"Conditions are nested deeper than {ReplyTemplate.DepthMax}.");
            return null;
        }

        var equals = condition.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? condition : condition[..equals]).Trim();
        var equalTo = equals < 0 ? null : condition[(equals + 1)..].TrimStart('=').Trim().Trim('"', '\'');
        if (!Named(name, start)) return null;
        var then = ParseUntilStop();
        IReadOnlyList<TemplateNode> otherwise = _stop == "else" && Error is null ? ParseUntilStop() : [];
        if (Error is null && _stop != end) Fail(start, $"The condition is not closed by {{{{{end}}}}}.");
        _stop = null;
        _depth--;
        return new(name, equalTo, negated, then, otherwise);
    }

    private bool Named(string name, int start)
    {
        if (name.Length is 0 or > 64 || !name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.'))
        {
            Fail(start, name.Length == 0 ? "The tag is empty." : $"'{name}' is not a variable's name: letters, digits, '_', '-' and '.' only.");
            return false;
        }

        _variables.Add(name);
        return true;
    }

    private bool Stopped(int position, string message)
    {
        Fail(position, message);
        return true;
    }

    private List<TemplateNode> Fail(int position, string message)
    {
        Error ??= new(position, message);
        return [];
    }
}
