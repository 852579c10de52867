namespace Orleans.Core;

/// <summary>One stored record and its value in memory.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
