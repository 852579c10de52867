namespace Orleans;

/// <summary>Runs around calls where they are made.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
