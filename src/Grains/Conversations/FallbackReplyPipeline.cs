using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Conversations;

/// <summary>Answers with the instance's fallback text, a template over the batch; nothing when it is empty or the bot is off.</summary>
public sealed class FallbackReplyPipeline(IGrainFactory grains) : IReplyPipeline
{
    private const int TextCharactersMax = 4096;

    public async Task<Reply> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        var instance = await grains.GetGrain<IInstanceGrain>(request.Instance).GetAsync();
        if (instance is null || instance.Id != request.InstanceId || !instance.Settings.BotEnabled) return new Reply(null, "botOff");

        var messages = request.Messages.Where(message => message.Kind != MessageKind.Deleted).ToArray();
        if (messages.Length == 0 || string.IsNullOrWhiteSpace(instance.Settings.FallbackText)) return new Reply(null, "noReply");
        var text = ReplyTemplate.Render(instance.Settings.FallbackText, name => name switch
        {
            "text" => string.Join('\n', messages.Select(message => message.Text).Where(line => !string.IsNullOrEmpty(line))),
            "messageCount" => messages.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "name" => request.Contact.Name,
            "phone" => request.Contact.Phone,
            _ => null,
        });
        return string.IsNullOrWhiteSpace(text) ? new Reply(null, "noReply") : new Reply(Cut(text), "replied");
    }

    // WhatsApp takes 4096 characters (Cloud API, text messages); a surrogate pair is not cut in two.
    private static string Cut(string text)
    {
        if (text.Length <= TextCharactersMax) return text;
        var end = TextCharactersMax - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }
}
