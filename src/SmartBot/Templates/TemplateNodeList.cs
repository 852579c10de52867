namespace Waqtor.SmartBot;

internal static class TemplateNodeList
{
    public static void AddIfAny(this List<TemplateNode> nodes, TemplateNode? node)
    {
        if (node is not null) nodes.Add(node);
    }
}
