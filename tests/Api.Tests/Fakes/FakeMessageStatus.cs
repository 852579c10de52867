using Waqtor.Messages;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Notes the statuses of one sent message.</summary>
internal sealed class FakeMessageStatus(FakeCluster cluster, string key) : IMessageStatusGrain
{
    public async Task ApplyAsync(string instance, StatusUpdate update)
    {
        await cluster.WriteAsync();
        cluster.Statuses.Enqueue((key, update));
    }

    public Task LinkAsync(MessageRecord message) => Task.CompletedTask;

    public Task<bool> ExpireAsync() => Task.FromResult(true);
}
