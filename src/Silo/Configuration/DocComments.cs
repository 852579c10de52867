using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Waqtor.Silo.Configuration;

/// <summary>The doc comments of an assembly, from the XML file that the compiler puts beside it.</summary>
internal sealed partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, DocComments> Loaded = new();

    private readonly Dictionary<string, string> _summaries;

    private DocComments(string path) => _summaries = !File.Exists(path) ? [] : XDocument.Load(path)
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));

    public static DocComments Of(Assembly assembly) => Loaded.GetOrAdd(
        assembly, static assembly => new(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml")));

    public string? Type(Type type) => _summaries.GetValueOrDefault("T:" + type.FullName);

    public string? Property(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    // Markdown of a summary on one line; a bar would end a table's cell.
    private static string Plain(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement element when element.Attribute("cref") is { } cref => $"`{cref.Value[(cref.Value.LastIndexOf('.') + 1)..]}`",
            XElement element => element.Value,
            _ => node.ToString(),
        }));
        return Spaces().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
