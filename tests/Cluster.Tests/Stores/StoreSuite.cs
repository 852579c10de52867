namespace Waqtor.Cluster.Tests.Stores;

/// <summary>Tests that share the store servers.</summary>
[CollectionDefinition(Name)]
public sealed class StoreSuite : ICollectionFixture<StoreServers>
{
    public const string Name = "stores";
}
