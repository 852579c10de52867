namespace Waqtor.Api.Tests.Conventions;

public sealed class ReferencesTests
{
    [Fact]
    public void Api_References_OnlyContractsAndTheVendorEdge()
    {
        var own = typeof(ApiServices).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Waqtor.", StringComparison.Ordinal));
        own.ShouldBeSubsetOf(["Waqtor.Grains.Abstractions", "Waqtor.WhatsApp"]);
    }
}
