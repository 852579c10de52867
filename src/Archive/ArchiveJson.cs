using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Messages;

namespace Waqtor.Archive;

/// <summary>
/// How records are written into JSON columns: by generated code, without reflection and without escapes that only
/// HTML needs (see <see cref="StoredJson"/>).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(ConversationRecord))]
[JsonSerializable(typeof(BatchRecord))]
[JsonSerializable(typeof(DeliveryRecord))]
[JsonSerializable(typeof(ImmutableArray<StatusChange>))]
[JsonSerializable(typeof(ImmutableArray<MessageError>))]
[JsonSerializable(typeof(DeliveryElementRecord))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
