using System.Collections.Immutable;
using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>The parts of a rule that stand in files as JSON: an interactive reply, and a schedule.</summary>
internal static class RuleParts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 16,
    };

    public static JsonElement Write(RuleSchedule schedule) => JsonSerializer.SerializeToElement(schedule, Json);

    public static JsonElement Write(InteractiveReply reply) => JsonSerializer.SerializeToElement(
        new Flat(
            reply.Text, reply.Offer.Header, reply.Offer.Footer,
            reply.Offer.List is null ? [.. reply.Offer.Buttons] : null,
            reply.Offer.List?.Button,
            reply.Offer.List?.Sections.Select(section => new FlatSection(section.Title, [.. section.Rows])).ToArray()),
        Json);

    /// <exception cref="JsonException">Not of this shape.</exception>
    public static RuleSchedule? ReadSchedule(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } schedule
        ? schedule.Deserialize<RuleSchedule>(Json) is { } read ? read with { Days = read.Days.IsDefault ? [] : read.Days } : null
        : null;

    /// <exception cref="JsonException">Not of this shape.</exception>
    public static InteractiveReply? ReadInteractive(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Object } given || given.Deserialize<Flat>(Json) is not { } flat) return null;
        var sections = flat.Sections?.Where(section => section is not null)
            .Select(section => new OfferSection(section.Title, [.. (section.Rows ?? []).Where(row => row is not null)]));
        return new InteractiveReply(flat.Text ?? "", new Offer
        {
            Header = flat.Header,
            Footer = flat.Footer,
            Buttons = [.. (flat.Buttons ?? []).Where(button => button is not null)],
            List = sections is null ? null : new OfferList(flat.Button ?? "", [.. sections]),
        });
    }

    private sealed record Flat(string? Text, string? Header, string? Footer, OfferButton[]? Buttons, string? Button, FlatSection[]? Sections);

    private sealed record FlatSection(string? Title, OfferRow[]? Rows);
}
