using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// Webhooks of Meta's WhatsApp Cloud API: entries of changes of messages, statuses and errors, routed by each change's
/// own <c>metadata.phone_number_id</c>. A body that is a change's value alone (older partners forward it so) is read too.
/// </summary>
public sealed class CloudDeliveryParser(IOptions<WhatsAppOptions> options) : JsonDeliveryParser(ProviderKind.Cloud, options.Value)
{
    private readonly CloudMessageReader _messages = new(options.Value);

    private protected override void ReadEnvelope(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var entries = envelope.Member("entry"u8);
        if (entries.IsPresent())
        {
            ReadContainers(entries, Join(path, "entry"), DeliveryProblem.MissingEntry, ReadEntry, elements);
        }
        else if (envelope.Member("messages"u8).IsPresent() || envelope.Member("statuses"u8).IsPresent())
        {
            ReadValue(envelope, path, "messages", elements);
        }
        else
        {
            elements.Add(Problem(Whole(path), null, DeliveryProblem.MissingEntry));
        }
    }

    private void ReadEntry(JsonElement entry, string path, ImmutableArray<DeliveryElement>.Builder elements) =>
        ReadContainers(entry.Member("changes"u8), $"{path}.changes", DeliveryProblem.MissingChanges, ReadChange, elements);

    private void ReadChange(JsonElement change, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var value = change.Member("value"u8);
        var field = change.Member("field"u8).Word(128);
        if (!value.IsPresent())
            elements.Add(Problem(path, null, DeliveryProblem.MissingValue));
        else if (!value.IsObject())
            elements.Add(Problem($"{path}.value", null, DeliveryProblem.NotAnObject));
        else if (field is null or "messages" or "smb_message_echoes")
            ReadValue(value, $"{path}.value", field ?? "messages", elements);
        else
            elements.Add(Notice($"{path}.value", RouteOf(value), field, value));
    }

    private void ReadValue(JsonElement value, string path, string field, ImmutableArray<DeliveryElement>.Builder elements)
    {
        var routeTo = RouteOf(value);
        var messages = value.Member("messages"u8);
        var statuses = value.Member("statuses"u8);
        var context = new CloudValue(value.Member("contacts"u8), value.Member("errors"u8), routeTo,
            CountOf(messages) + CountOf(statuses) + CountOf(value.Member("message_echoes"u8)));
        var before = elements.Count;
        foreach (var member in value.EnumerateObject())
        {
            if (member.NameEquals("messages"u8))
            {
                ReadEach(member.Value, Join(path, "messages"), routeTo, (_messages, context),
                    static (e, p, c) => c._messages.Read(e, p, c.context), elements);
            }
            else if (member.NameEquals("message_echoes"u8))
            {
                ReadEach(member.Value, Join(path, "message_echoes"), routeTo, (_messages, context),
                    static (e, p, c) => c._messages.ReadEcho(e, p, c.context), elements);
            }
            else if (member.NameEquals("statuses"u8))
            {
                ReadEach(member.Value, Join(path, "statuses"), routeTo, (Parser: this, context),
                    static (e, p, c) => CloudStatus.Read(e, p, c.context) ?? c.Parser.Notice(p, c.context.RouteTo, "message.status", e), elements);
            }
            else if (member.NameEquals("errors"u8) && member.Value.IsPresent())
            {
                elements.Add(Notice(Join(path, "errors"), routeTo, "errors", member.Value));
            }
        }

        if (elements.Count > before) return;
        elements.Add(messages.IsPresent() || statuses.IsPresent()
            ? Ignored(Whole(path), routeTo, IgnoredReason.Empty)
            : Notice(Whole(path), routeTo, field, value));
    }

    private delegate void ContainerReader(JsonElement element, string path, ImmutableArray<DeliveryElement>.Builder elements);

    private static void ReadContainers(JsonElement containers, string path, string missing, ContainerReader read,
        ImmutableArray<DeliveryElement>.Builder elements)
    {
        if (containers.IsObject())
        {
            read(containers, path, elements);
            return;
        }

        if (!containers.IsArray())
        {
            elements.Add(Problem(path, null, containers.IsPresent() ? DeliveryProblem.NotAnArray : missing));
            return;
        }

        var index = 0;
        foreach (var container in containers.EnumerateArray())
        {
            var containerPath = $"{path}[{index++}]";
            if (container.IsObject()) read(container, containerPath, elements);
            else elements.Add(Problem(containerPath, null, DeliveryProblem.NotAnObject));
        }
    }

    private static int CountOf(JsonElement element) => element.IsArray() ? element.GetArrayLength() : element.IsPresent() ? 1 : 0;

    private static string? RouteOf(JsonElement value) => value.Member("metadata"u8).Member("phone_number_id"u8).Identifier();
}
