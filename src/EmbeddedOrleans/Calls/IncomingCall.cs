using System.Reflection;
using EmbeddedOrleans.Activations;
using Orleans;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>A call in the turn of the activation: the silo's filters, then the grain's own, then the method.</summary>
internal sealed class IncomingCall(GrainRequest request, Activation activation, IIncomingGrainCallFilter[] filters)
    : GrainCall(request), IIncomingGrainCallContext
{
    private readonly GrainRequest _request = request;

    public override object Grain => activation.GrainInstance!;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public override async Task Invoke()
    {
        var next = NextFilter++;
        if (next < filters.Length)
        {
            await filters[next].Invoke(this);
        }
        else if (next == filters.Length && Grain is IIncomingGrainCallFilter ownFilter)
        {
            await ownFilter.Invoke(this);
        }
        else
        {
            Response = await _request.Invoke();
        }
    }
}
