namespace Orleans.Runtime;

/// <summary>Runs once when the silo has started; if it throws, the silo does not start.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
