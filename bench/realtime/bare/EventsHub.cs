using Microsoft.AspNetCore.SignalR;

namespace Waqtor.Bench.BareHub;

/// <summary>Takes the same call as the feed's hub and does nothing for it: everybody gets everything.</summary>
public sealed class EventsHub : Hub
{
    public Task<string> Subscribe(IReadOnlyList<string> topics, string? cursor) => Task.FromResult($"{topics.Count}{cursor}");
}
