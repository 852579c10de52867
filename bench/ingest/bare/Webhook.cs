using System.Text.Json.Serialization;

namespace Waqtor.Bench.Bare;

/// <summary>The members of Evolution's <c>messages.upsert</c> that any receiver needs.</summary>
public sealed record Webhook(string? Event, string? Instance, Upsert? Data);

public sealed record Upsert(MessageKey? Key, string? PushName, MessageBody? Message, string? MessageType, long MessageTimestamp);

public sealed record MessageKey(string? RemoteJid, bool FromMe, string? Id);

public sealed record MessageBody(string? Conversation);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Webhook))]
public sealed partial class WebhookJson : JsonSerializerContext;
