using System.Collections.Immutable;
using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>Errors as Meta writes them: <c>{code, title, message, error_data: {details}}</c>, alone or as a list.</summary>
internal static class CloudErrors
{
    private const int ErrorsMax = 16;
    private const int TextCharactersMax = 1_024;

    public static ImmutableArray<MessageError> Read(JsonElement errors)
    {
        if (errors.IsObject()) return [ReadOne(errors)];
        if (!errors.IsArray() || errors.GetArrayLength() == 0) return [];
        var list = ImmutableArray.CreateBuilder<MessageError>(1);
        foreach (var error in errors.EnumerateArray())
        {
            if (list.Count == ErrorsMax) break;
            if (error.IsObject()) list.Add(ReadOne(error));
        }

        return list.DrainToImmutable();
    }

    public static MessageError ReadOne(JsonElement error)
    {
        var title = error.Member("title"u8).Word(TextCharactersMax);
        var message = error.Member("message"u8).Word(TextCharactersMax);
        var details = error.Member("error_data"u8).Member("details"u8).Word(TextCharactersMax) ?? error.Member("details"u8).Word(TextCharactersMax);
        return new MessageError(error.Member("code"u8).Identifier(), title ?? message ?? "The provider gave no reason.",
            details ?? (message != title && title is not null ? message : null));
    }
}
