namespace EmbeddedOrleans.Storage;

/// <summary>State that is read before its grain is activated.</summary>
internal interface IStateFacet
{
    Task InitializeAsync(CancellationToken cancellationToken);
}
