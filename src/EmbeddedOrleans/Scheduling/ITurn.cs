namespace EmbeddedOrleans.Scheduling;

/// <summary>One piece of work in the order of an activation. It must not throw.</summary>
internal interface ITurn
{
    void Run();
}
