namespace Waqtor.Silo.Configuration;

/// <summary>A type of options and the section it is bound to, such as <c>Waqtor:Cluster</c>.</summary>
public sealed record OptionsEntry(Type Type, string Section);
