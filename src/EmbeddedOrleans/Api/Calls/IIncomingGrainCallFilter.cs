namespace Orleans;

/// <summary>
/// Runs around calls in the turn of the grain that receives them; a grain may implement it for itself.
/// </summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
