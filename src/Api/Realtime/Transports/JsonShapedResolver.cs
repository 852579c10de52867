using MessagePack;
using MessagePack.Formatters;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>Gives every type the <see cref="JsonShapedFormatter{T}"/>.</summary>
internal sealed class JsonShapedResolver : IFormatterResolver
{
    public static JsonShapedResolver Instance { get; } = new();

    public IMessagePackFormatter<T> GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T> Formatter = new JsonShapedFormatter<T>()!;
    }
}
