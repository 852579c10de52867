using System.Diagnostics.CodeAnalysis;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Calls;

public sealed class FilterTests : ClusterTest
{
    internal interface IFilteredGrain : IGrainWithStringKey
    {
        Task<int> DoubleAsync(int number);

        Task<string> FailAsync();

        Task<string> CallAsync(IFilteredGrain other);
    }

    // Orleans' own calls pass the filters as well.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Filters_RunAroundTheCall_InOrder()
    {
        (await Grain<IFilteredGrain>().DoubleAsync(2)).ShouldBe(4);

        Gates.Notes.ShouldBe(
        [
            "out> DoubleAsync", "in1> DoubleAsync", "in2> DoubleAsync", "own> DoubleAsync", "grain",
            "own< 4", "in2< 4", "in1< 4", "out< 4",
        ]);
    }

    [Fact]
    public async Task IncomingFilter_ChangesAnArgument_GrainSeesIt() =>
        (await Grain<IFilteredGrain>().DoubleAsync(100)).ShouldBe(202);

    [Fact]
    public async Task IncomingFilter_ChangesTheResult_CallerSeesIt() =>
        (await Grain<IFilteredGrain>().DoubleAsync(7)).ShouldBe(-1);

    [Fact]
    public async Task IncomingFilter_Answers_GrainIsNotCalled()
    {
        (await Grain<IFilteredGrain>().DoubleAsync(0)).ShouldBe(42);

        Gates.Notes.ShouldNotContain("grain");
    }

    [Fact]
    public async Task Filter_GrainThrows_SeesTheException()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Grain<IFilteredGrain>().FailAsync());

        Gates.Notes.ShouldContain("in1! why");
        Gates.Notes.ShouldContain("out! why");
    }

    [Fact]
    public async Task Filter_OfACallBetweenGrains_KnowsBothEnds()
    {
        await Grain<IFilteredGrain>("a").CallAsync(Grain<IFilteredGrain>("b"));

        Gates.Notes.ShouldContain("filtered/a -> filtered/b");
    }

    protected override void Configure(ISiloBuilder silo) => silo
        .AddOutgoingGrainCallFilter(async context =>
        {
            Gates.Note($"out> {context.MethodName}");
            if (context.SourceContext is { } source) Gates.Note($"{source.GrainId} -> {context.TargetId}");
            try
            {
                await context.Invoke();
            }
            catch (Exception exception)
            {
                Gates.Note($"out! {exception.Message}");
                throw;
            }

            Gates.Note($"out< {context.Result}");
        })
        .AddIncomingGrainCallFilter(new FirstFilter(Gates))
        .AddIncomingGrainCallFilter<SecondFilter>();

    private sealed class FirstFilter(Gates gates) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            gates.Note($"in1> {context.MethodName}");
            try
            {
                await context.Invoke();
            }
            catch (Exception exception)
            {
                gates.Note($"in1! {exception.Message}");
                throw;
            }

            gates.Note($"in1< {context.Result}");
        }
    }

    [SuppressMessage("Performance", "CA1812", Justification = "The container makes it.")]
    private sealed class SecondFilter(Gates gates) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            gates.Note($"in2> {context.ImplementationMethod.Name}");
            var argument = context.Request.GetArgumentCount() == 1 ? context.Request.GetArgument(0) : null;
            if (argument is 0)
            {
                context.Result = 42;
                return;
            }

            if (argument is 100) context.Request.SetArgument(0, 101);
            await context.Invoke();
            if (argument is 7) context.Result = -1;
            gates.Note($"in2< {context.Result}");
        }
    }

    internal sealed class FilteredGrain(Gates gates) : Grain, IFilteredGrain, IIncomingGrainCallFilter
    {
        public Task<int> DoubleAsync(int number)
        {
            gates.Note("grain");
            return Task.FromResult(2 * number);
        }

        public Task<string> FailAsync() => throw new InvalidOperationException("why");

        public async Task<string> CallAsync(IFilteredGrain other) => $"{await other.DoubleAsync(1)}";

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            gates.Note($"own> {context.MethodName}");
            await context.Invoke();
            gates.Note($"own< {context.Result}");
        }
    }
}
