namespace EmbeddedOrleans.Tests.State;

[GenerateSerializer, Alias("test.counted")]
public sealed class Counted
{
    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public List<string> Names { get; set; } = [];
}
