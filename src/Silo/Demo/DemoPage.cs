namespace Waqtor.Silo.Demo;

/// <summary>A list as the API gives it.</summary>
internal sealed record DemoPage<T>(IReadOnlyList<T> Items);
