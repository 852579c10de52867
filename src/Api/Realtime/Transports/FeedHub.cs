using Microsoft.AspNetCore.SignalR;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>What every hub of the feed offers. Events arrive as <c>event</c>, with the envelope.</summary>
internal abstract class FeedHub : Hub
{
    private readonly FeedSubscriptions _subscriptions;
    private readonly FeedServices _services;

    private protected FeedHub(FeedSubscriptions subscriptions, FeedServices services) => (_subscriptions, _services) = (subscriptions, services);

    /// <summary>Topics that come with the connection.</summary>
    private protected virtual IReadOnlyList<string> OwnTopics => [];

    private HubConnection Connection => HubConnection.Of(Context.Items);

    /// <summary>Tells these topics from now on, or from the cursor on, which may be left out. Whether the client waits for the answer says <see cref="SubscribeCall"/>.</summary>
    public async Task<SubscribeAnswer> Subscribe(IReadOnlyList<string>? topics, string? cursor, bool isAnswered)
    {
        if (topics is not { Count: > 0 }) throw new HubException("topics is a list of names.");
        var connection = Connection;
        FeedSubscription subscription;
        try
        {
            subscription = await _subscriptions.PrepareAsync(connection, connection.Caller!, [.. topics], cursor, connection.Aborted);
        }
        catch (Exception) when (!connection.Aborted.IsCancellationRequested)
        {
            _services.Metrics.Failed();
            throw new HubException("The feed does not answer now. Try again.");
        }

        if (!isAnswered) _subscriptions.Begin(subscription);
        return new SubscribeAnswer(subscription, _subscriptions.Begin);
    }

    /// <summary>Tells these topics no more.</summary>
    public async Task<IReadOnlyList<string>> Unsubscribe(IReadOnlyList<string>? topics) =>
        await _subscriptions.UnsubscribeAsync(Connection, topics is null ? [] : [.. topics]);

    /// <summary>The server's time, and where the client stands.</summary>
    public Pong Ping() => new(_services.Clock.GetUtcNow(), Connection.Cursor);

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        if (OwnTopics.Count == 0) return;
        var connection = Connection;
        var cursor = Context.GetHttpContext()?.Request.Query["cursor"].ToString();
        var subscription = await _subscriptions.PrepareAsync(connection, connection.Caller!, [.. OwnTopics], cursor, connection.Aborted);
        connection.Say(subscription.Standing);
        _subscriptions.Begin(subscription);
    }
}
