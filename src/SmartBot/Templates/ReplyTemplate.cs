using System.Text;

namespace Waqtor.SmartBot;

/// <summary>
/// A reply with holes: <c>{{name}}</c>, with a default <c>{{name|friend}}</c>, and conditions <c>{{#if name}}...{{else}}...{{/if}}</c>,
/// <c>{{#if plan = gold}}</c>, <c>{{#unless name}}...{{/unless}}</c>. Parsed once, checked when it is saved. Whatever variables are missing and whatever
/// their values hold, a rendered text never contains <c>{{</c> or <c>}}</c>.
/// </summary>
public sealed class ReplyTemplate
{
    /// <summary>Characters of a template.</summary>
    public const int CharactersMax = 8192;

    /// <summary>Tags in a template.</summary>
    public const int TagsMax = 200;

    /// <summary>How deep conditions may be nested.</summary>
    public const int DepthMax = 8;

    /// <summary>Characters of a variable's value; the rest is cut.</summary>
    public const int ValueCharactersMax = 4096;

    private readonly IReadOnlyList<TemplateNode> _nodes;

    private ReplyTemplate(IReadOnlyList<TemplateNode> nodes, IReadOnlyCollection<string> variables) => (_nodes, Variables) = (nodes, variables);

    /// <summary>Names that the template asks for.</summary>
    public IReadOnlyCollection<string> Variables { get; }

    /// <summary>Reads a template; on false the error says where and why.</summary>
    public static bool TryParse(string text, out ReplyTemplate template, out TemplateError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new TemplateParser(text);
        var nodes = parser.Parse();
        error = parser.Error;
        template = new(error is null ? nodes : [], parser.Variables);
        return error is null;
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static ReplyTemplate Parse(string text) =>
        TryParse(text, out var template, out var error) ? template : throw new FormatException($"At {error!.Position}: {error.Message}");

    /// <summary>Fills the template. Names are compared without regard to case; an empty value counts as missing.</summary>
    public string Render(IReadOnlyDictionary<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in variables)
        {
            if (!string.IsNullOrWhiteSpace(value)) values.TryAdd(name, value.Length > ValueCharactersMax ? value[..ValueCharactersMax] : value);
        }

        var output = new StringBuilder();
        var missing = false;
        Render(_nodes, values, output, ref missing);
        return WithoutBraces(output).Trim();
    }

    private static void Render(IReadOnlyList<TemplateNode> nodes, Dictionary<string, string> values, StringBuilder output, ref bool missing)
    {
        foreach (var node in nodes)
        {
            if (node is TemplateNode.Condition condition) Render(Holds(condition, values) ? condition.Then : condition.Else, values, output, ref missing);
            else if (node is TemplateNode.Variable variable) Append(values.GetValueOrDefault(variable.Name) ?? variable.Default ?? "", output, ref missing);
            else if (node is TemplateNode.Literal literal) Append(literal.Text, output, ref missing);
        }
    }

    private static bool Holds(TemplateNode.Condition condition, Dictionary<string, string> values)
    {
        var value = values.GetValueOrDefault(condition.Name);
        var holds = value is not null && (condition.EqualTo is null || string.Equals(value.Trim(), condition.EqualTo, StringComparison.OrdinalIgnoreCase));
        return holds != condition.Negated;
    }

    // Where a variable was missing, "Hello {{name}}, ..." must not leave a space before the comma, nor two in a row.
    private static void Append(string text, StringBuilder output, ref bool missing)
    {
        if (text.Length == 0)
        {
            missing = true;
            return;
        }

        if (missing && output.Length > 0 && output[^1] == ' ' && (char.IsWhiteSpace(text[0]) || ".,;:!?،؛؟".Contains(text[0], StringComparison.Ordinal))) output.Length--;
        missing = false;
        output.Append(text);
    }

    private static string WithoutBraces(StringBuilder output)
    {
        var result = new StringBuilder(output.Length);
        for (var index = 0; index < output.Length; index++)
        {
            var character = output[index];
            if (character is '{' or '}' && result.Length > 0 && result[^1] == character) continue;
            result.Append(character);
        }

        return result.ToString();
    }
}
