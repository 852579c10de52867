using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Calls;

/// <summary>One call as filters see it, on either side.</summary>
internal abstract class GrainCall(GrainRequest request) : IGrainCallContext
{
    protected int NextFilter { get; set; }

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public GrainId? SourceId => request.Source?.GrainId;

    public GrainId TargetId => request.Reference.GrainId;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(request.Method.InterfaceType.FullName!);

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public abstract Task Invoke();
}
