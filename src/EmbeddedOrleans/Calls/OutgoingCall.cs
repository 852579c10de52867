using EmbeddedOrleans.Activations;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Calls;

/// <summary>A call where it is made: the filters, then the sending.</summary>
internal sealed class OutgoingCall(GrainRequest request, IOutgoingGrainCallFilter[] filters, Func<Task<object?>> send)
    : GrainCall(request), IOutgoingGrainCallContext
{
    private readonly GrainRequest _request = request;

    public override object Grain => _request.Reference;

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    public override async Task Invoke()
    {
        var next = NextFilter++;
        if (next < filters.Length)
        {
            await filters[next].Invoke(this);
        }
        else
        {
            Response = Response.FromResult(await send());
        }
    }
}
