namespace EmbeddedOrleans.Tests.Calls;

public sealed class RequestContextTests : ClusterTest
{
    internal interface IContextGrain : IGrainWithStringKey
    {
        Task<string> ReadAsync(string key);

        Task<string> ReadAfterAwaitAsync(string key);

        Task<string> ReadThroughAsync(IContextGrain other, string key);

        Task SetAsync(string key, string value);
    }

    [Fact]
    public async Task Value_SetByTheCaller_ReachesTheGrain()
    {
        RequestContext.Set("user", "ann");

        (await Grain<IContextGrain>().ReadAsync("user")).ShouldBe("ann");
        (await Grain<IContextGrain>().ReadAfterAwaitAsync("user")).ShouldBe("ann");
    }

    [Fact]
    public async Task Value_SetByTheCaller_TravelsOn()
    {
        RequestContext.Set("user", "ann");

        (await Grain<IContextGrain>("a").ReadThroughAsync(Grain<IContextGrain>("b"), "user")).ShouldBe("ann");
    }

    [Fact]
    public async Task Value_SetByTheGrain_DoesNotTravelBack()
    {
        await Grain<IContextGrain>().SetAsync("user", "bob");

        RequestContext.Get("user").ShouldBeNull();
    }

    [Fact]
    public async Task Value_OfOneCall_IsNotSeenByTheNext()
    {
        var sut = Grain<IContextGrain>();
        await sut.SetAsync("user", "bob");
        RequestContext.Set("user", "ann");
        await sut.ReadAsync("user");
        RequestContext.Clear();

        (await sut.ReadAsync("user")).ShouldBe("nothing");
    }

    [Fact]
    public async Task Value_Removed_IsGone()
    {
        RequestContext.Set("user", "ann");
        RequestContext.Set("role", "admin");

        RequestContext.Remove("user").ShouldBeTrue();

        (await Grain<IContextGrain>().ReadAsync("user")).ShouldBe("nothing");
        (await Grain<IContextGrain>().ReadAsync("role")).ShouldBe("admin");
    }

    internal sealed class ContextGrain : Grain, IContextGrain
    {
        public Task<string> ReadAsync(string key) => Task.FromResult(Value(key));

        public async Task<string> ReadAfterAwaitAsync(string key)
        {
            await Task.Yield();
            return Value(key);
        }

        public Task<string> ReadThroughAsync(IContextGrain other, string key) => other.ReadAsync(key);

        public Task SetAsync(string key, string value)
        {
            RequestContext.Set(key, value);
            return Task.CompletedTask;
        }

        private static string Value(string key) => RequestContext.Get(key) as string ?? "nothing";
    }
}
