namespace Waqtor.SmartBot;

/// <summary>A part of a template: literal text, a variable with its default, or a condition with its two branches.</summary>
internal abstract record TemplateNode
{
    public sealed record Literal(string Text) : TemplateNode;

    public sealed record Variable(string Name, string? Default) : TemplateNode;

    /// <summary>True when the variable has a value (and, with <paramref name="EqualTo"/>, that value); <paramref name="Negated"/> turns it round.</summary>
    public sealed record Condition(string Name, string? EqualTo, bool Negated, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode;
}
