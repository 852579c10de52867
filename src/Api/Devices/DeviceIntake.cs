using System.Text;
using Microsoft.Extensions.Options;
using Waqtor.Api.Instances;
using Waqtor.Api.Media;
using Waqtor.Api.Problems;
using Waqtor.Devices;
using Waqtor.Messages;

namespace Waqtor.Api.Devices;

/// <summary>
/// From the bytes of a message to its place in the conversation: unpacked, checked, kept by its hash where it is a file,
/// and handed to the session. When it answers that a message is delivered, it is durable.
/// </summary>
internal sealed class DeviceIntake(
    IGrainFactory grains, InstanceCache instances, IMediaStore media, IIdSource ids, TimeProvider clock, ProcessName process,
    IOptions<DeviceMessagesOptions> options) : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly SemaphoreSlim _inHand = new(options.Value.InHandMax);

    public void Dispose() => _inHand.Dispose();

    /// <summary>Null: delivered, or it was before.</summary>
    public async Task<(DeviceAcceptOutcome Outcome, Problem? Refusal)> TakeAsync(
        DeviceCaller caller, DeviceMessage message, ReadOnlyMemory<byte> packed, CancellationToken cancellationToken)
    {
        await _inHand.WaitAsync(cancellationToken);
        try
        {
            if (await instances.GetAsync(caller.Instance) is not { } instance || instance.Id != caller.InstanceId) return (default, Problem.NotFound("instance"));
            if (DeviceContent.Open(message, packed) is not { } content)
            {
                return (default, new Problem(422, ProblemCode.ContentMismatch, "The content is not what size and sha256 say."));
            }

            return message.Kind == MessageKind.Text ? await TakeTextAsync(message, content, caller, instance) : await TakeAudioAsync(message, content, caller, instance);
        }
        finally
        {
            _inHand.Release();
        }
    }

    private async Task<(DeviceAcceptOutcome, Problem?)> TakeTextAsync(DeviceMessage message, byte[] content, DeviceCaller caller, CachedInstance instance)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return (default, Problem.Invalid("content", "A text must be UTF-8."));
        }

        var shown = options.Value.TextCharactersShown;
        if (text.Length <= shown) return await HandOverAsync(message, text, null, caller, instance);
        var file = new MediaContent
        {
            MimeType = "text/plain; charset=utf-8",
            SizeBytes = content.Length,
            Sha256 = message.Sha256,
            StoredHash = await media.PutAsync(content),
        };
        // A surrogate pair is not cut in two.
        if (char.IsHighSurrogate(text[shown - 1])) shown--;
        return await HandOverAsync(message, text[..shown], file, caller, instance);
    }

    private async Task<(DeviceAcceptOutcome, Problem?)> TakeAudioAsync(DeviceMessage message, byte[] content, DeviceCaller caller, CachedInstance instance) =>
        await HandOverAsync(message, null, new MediaContent
        {
            MimeType = message.MimeType ?? "audio/ogg",
            SizeBytes = content.Length,
            Sha256 = message.Sha256,
            DurationSeconds = message.DurationSeconds,
            StoredHash = await media.PutAsync(content),
        }, caller, instance);

    private async Task<(DeviceAcceptOutcome, Problem?)> HandOverAsync(
        DeviceMessage message, string? text, MediaContent? file, DeviceCaller caller, CachedInstance instance)
    {
        var result = await grains.GetGrain<IDeviceSessionGrain>(caller.SessionId).AcceptAsync(new AcceptDeviceMessage
        {
            MessageId = message.Id,
            Sequence = message.Sequence,
            Kind = message.Kind,
            Text = text,
            Content = file is null && message.MetadataJson is null ? null : new MessageContent { Media = file, RawJson = message.MetadataJson },
            SentAt = message.SentAt,
            ReceivedAt = clock.GetUtcNow(),
            DeliveryId = ids.New(IdPrefix.Delivery),
            Buffer = instance.Configuration.Settings.Buffer,
            BotIsOff = !instance.Configuration.Settings.BotEnabled,
            HandedOver = process.HandOver(clock),
        });
        return result.Outcome switch
        {
            DeviceAcceptOutcome.OutOfOrder => (result.Outcome, new Problem(409, ProblemCode.OutOfOrder, "A later message of this session is stored already.")
            {
                Detail = $"The next sequence is {result.LastSequence + 1} or higher.",
            }),
            DeviceAcceptOutcome.Closed => (result.Outcome, new Problem(403, ProblemCode.SessionClosed, "The session is closed.")),
            _ => (result.Outcome, null),
        };
    }
}
