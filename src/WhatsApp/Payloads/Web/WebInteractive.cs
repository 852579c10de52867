using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>Answers to "native flow" messages: newer buttons, lists and forms, whose choice is JSON inside a string.</summary>
internal static class WebInteractive
{
    public static WebContent Read(JsonElement part, MessageContent? context, WhatsAppOptions options)
    {
        var flow = part.Member("nativeFlowResponseMessage"u8);
        var name = flow.Member("name"u8).Word() ?? "";
        var json = flow.Member("paramsJson"u8, "paramsJSON"u8).Text();
        var title = part.Member("body"u8).Member("text"u8).Text();
        var id = ReadId(json, options, out var chosenTitle);
        var kind = name switch
        {
            "menu_options" or "single_select" => MessageKind.ListReply,
            "quick_reply" => MessageKind.ButtonReply,
            _ => MessageKind.FlowReply,
        };
        return new WebContent
        {
            Kind = kind,
            Text = string.IsNullOrEmpty(title) ? chosenTitle : title,
            Content = (context ?? new MessageContent()) with
            {
                Interactive = new InteractiveContent(id, string.IsNullOrEmpty(title) ? chosenTitle : title,
                    ResponseJson: kind == MessageKind.FlowReply ? json : null),
            },
        };
    }

    private static string? ReadId(string? json, WhatsAppOptions options, out string? title)
    {
        title = null;
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = options.JsonDepthMax });
            title = document.RootElement.Member("title"u8, "display_text"u8).Word();
            return document.RootElement.Member("id"u8).Identifier();
        }
        catch (JsonException)
        {
            // A form may hold anything; its text is kept as it came.
            return null;
        }
    }
}
