using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Waqtor.Api.Access;
using Waqtor.Api.Conversations;
using Waqtor.Api.Instances;
using Waqtor.Api.Problems;
using Waqtor.Events;

namespace Waqtor.Api.Realtime.Monitor;

/// <summary>Publishes an event by hand.</summary>
internal static partial class TestEvents
{
    private const int PayloadBytesMax = 65_536;

    public static async Task<Results<Ok<TestEventAnswer>, Problem>> PublishAsync(
        TestEventRequest request, Caller caller, FeedPublisher publisher, InstanceCache instances, ConversationFinder conversations,
        CancellationToken cancellationToken)
    {
        var target = request.Target is null or "" or "all" ? TopicName.Everyone : request.Target;
        var isEveryone = target == TopicName.Everyone;
        var payload = request.Payload?.GetRawText() ?? "{}";
        var errors = new FieldErrors();
        errors.Require(request.EventType is { } type && Name().IsMatch(type), "eventType", "1 to 100 of a-z, 0-9, dot, colon, dash and underscore.");
        errors.Require(Encoding.UTF8.GetByteCount(payload) <= PayloadBytesMax, "payload", $"At most {PayloadBytesMax} bytes.");
        var isTopic = TopicName.TryParse(target, out var name);
        errors.Require(isEveryone || isTopic, "target", "everyone, or the name of a topic or a room.");
        errors.Require(request.Transport is null or "all" or "websocket" or "sse", "transport", "One of all, websocket, sse.");
        if (errors.Problem is { } problem) return problem;

        var instance = await InstanceOfAsync(name, request.Instance, caller, instances, conversations, cancellationToken);
        // A key of some instances speaks in these alone.
        if (instance is null || (caller.Instances is not null && (isEveryone || !caller.Sees(instance)))) return Problem.NotFound("target");
        EventChannel? channel = request.Transport switch { "websocket" => EventChannel.WebSocket, "sse" => EventChannel.Sse, _ => null };
        var conversation = isTopic && name.Kind == TopicKind.Conversation ? name.Id : null;
        var told = request is { EventType: FeedEventNames.Log, Payload: { ValueKind: JsonValueKind.String } line }
            ? await publisher.PublishLogAsync(target, line.GetString()!, instance)
            : await publisher.PublishAsync(target, request.EventType!, payload, instance, channel, conversation);
        return TypedResults.Ok(new TestEventAnswer(told.Id, target, told.Name, told.At));
    }

    // Null: there is no such room.
    private static async Task<string?> InstanceOfAsync(
        TopicName name, string? given, Caller caller, InstanceCache instances, ConversationFinder conversations, CancellationToken cancellationToken) => name.Kind switch
        {
            TopicKind.Instance or TopicKind.Queue => await instances.GetAsync(name.Id) is null ? null : name.Id,
            TopicKind.Conversation => (await conversations.FindAsync(name.Id, caller, cancellationToken))?.Record.Instance,
            _ => given ?? "",
        };

    [GeneratedRegex("^[a-z0-9._:-]{1,100}$")]
    private static partial Regex Name();
}
