namespace EmbeddedOrleans.Tests.Calls;

public sealed class KeyTests : ClusterTest
{
    private static readonly Guid SomeGuid = Guid.Parse("11111111-2222-3333-4444-555555555555");

    [Fact]
    public async Task GuidKey_RoundTrips() =>
        (await Cluster.Grains.GetGrain<IGuidGrain>(SomeGuid).KeyAsync()).ShouldBe(SomeGuid);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task IntegerKey_RoundTrips(long key) =>
        (await Cluster.Grains.GetGrain<IIntegerGrain>(key).KeyAsync()).ShouldBe(key);

    [Theory]
    [InlineData("plain")]
    [InlineData("with/slash and space")]
    [InlineData("ünïcode +49|x")]
    public async Task StringKey_RoundTrips(string key) =>
        (await Cluster.Grains.GetGrain<IStringGrain>(key).KeyAsync()).ShouldBe(key);

    [Fact]
    public async Task GuidCompoundKey_RoundTrips() =>
        (await Cluster.Grains.GetGrain<IGuidCompoundGrain>(SomeGuid, "more+").KeyAsync()).ShouldBe($"{SomeGuid}|more+");

    [Fact]
    public async Task IntegerCompoundKey_RoundTrips() =>
        (await Cluster.Grains.GetGrain<IIntegerCompoundGrain>(7, "more").KeyAsync()).ShouldBe("7|more");

    [Fact]
    public void GetGrain_ByTypeObject_IsTheSameReference() =>
        Cluster.Grains.GetGrain(typeof(IStringGrain), "k").ShouldBe(Cluster.Grains.GetGrain<IStringGrain>("k"));

    [Fact]
    public async Task GetGrain_ById_ReachesTheGrain()
    {
        var id = Cluster.Grains.GetGrain<IStringGrain>("k").GetGrainId();

        (await Cluster.Grains.GetGrain<IStringGrain>(GrainId.Parse(id.ToString())).KeyAsync()).ShouldBe("k");
    }

    [Fact]
    public void GrainId_HasTheNameOfTheClassOrItsAttribute()
    {
        Cluster.Grains.GetGrain<IStringGrain>("k").GetGrainId().ToString().ShouldBe("named/k");
        Cluster.Grains.GetGrain<IIntegerGrain>(255).GetGrainId().ToString().ShouldBe("integer/FF");
    }

    [Fact]
    public void GetGrain_NobodyImplementsTheInterface_Throws() =>
        Should.Throw<ArgumentException>(() => Cluster.Grains.GetGrain<INobodyGrain>("k"));

    public interface IGuidGrain : IGrainWithGuidKey
    {
        Task<Guid> KeyAsync();
    }

    public interface IIntegerGrain : IGrainWithIntegerKey
    {
        Task<long> KeyAsync();
    }

    public interface IStringGrain : IGrainWithStringKey
    {
        Task<string> KeyAsync();
    }

    public interface IGuidCompoundGrain : IGrainWithGuidCompoundKey
    {
        Task<string> KeyAsync();
    }

    public interface IIntegerCompoundGrain : IGrainWithIntegerCompoundKey
    {
        Task<string> KeyAsync();
    }

    public interface INobodyGrain : IGrainWithStringKey;

    public sealed class GuidGrain : Grain, IGuidGrain
    {
        public Task<Guid> KeyAsync() => Task.FromResult(this.GetPrimaryKey());
    }

    public sealed class IntegerGrain : Grain, IIntegerGrain
    {
        public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
    }

    [GrainType("named")]
    public sealed class StringGrain : Grain, IStringGrain
    {
        public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());
    }

    public sealed class GuidCompoundGrain : Grain, IGuidCompoundGrain
    {
        public Task<string> KeyAsync() => Task.FromResult($"{this.GetPrimaryKey(out var extension)}|{extension}");
    }

    public sealed class IntegerCompoundGrain : Grain, IIntegerCompoundGrain
    {
        public Task<string> KeyAsync() => Task.FromResult($"{this.GetPrimaryKeyLong(out var extension)}|{extension}");
    }
}
