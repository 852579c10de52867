using Orleans.Concurrency;

namespace Waqtor.Sending;

/// <summary>Worker that talks to the provider away from the conversation's own turns; tells the conversation the result.</summary>
[Alias("waqtor.ISenderGrain")]
public interface ISenderGrain : IGrainWithIntegerKey
{
    [Alias("SendAsync"), OneWay]
    Task SendAsync(SendRequest request);
}
