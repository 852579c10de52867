using Orleans.Concurrency;

namespace Waqtor.Conversations;

/// <summary>Worker that answers batches away from the conversation's own turns; tells the conversation the result.</summary>
[Alias("waqtor.IReplyGrain")]
public interface IReplyGrain : IGrainWithIntegerKey
{
    [Alias("ProcessAsync"), OneWay]
    Task ProcessAsync(ReplyRequest request);
}
