namespace Waqtor.Silo.Demo;

/// <summary>All that became of one burst of lines.</summary>
internal sealed record Burst(IReadOnlyList<TypedLine> Lines, DemoBatch Batch, IReadOnlyList<DemoMessage> Messages, DemoMessage Reply)
{
    public DateTimeOffset StartedAt => Lines[0].TypedAt;
}
