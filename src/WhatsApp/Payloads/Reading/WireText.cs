using System.Text;
using System.Text.Unicode;

namespace Waqtor.WhatsApp;

/// <summary>
/// Makes a body safe to read as text, once and before parsing, so that no later step has to think of it: bytes that
/// are no UTF-8, escaped halves of surrogate pairs and escaped NULs become U+FFFD. A message with one bad character
/// is then a readable message with one bad character. Signatures are checked on the bytes as they came.
/// </summary>
internal static class WireText
{
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>The same memory when nothing was wrong, which is nearly always.</summary>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) body = Lenient.GetBytes(Lenient.GetString(body.Span));
        return RepairEscapes(body);
    }

    private static ReadOnlyMemory<byte> RepairEscapes(ReadOnlyMemory<byte> body)
    {
        var source = body.Span;
        byte[]? copy = null;
        var position = 0;
        while (true)
        {
            var next = source[position..].IndexOf((byte)'\\');
            if (next < 0) break;
            position += next;
            if (position + 1 >= source.Length) break;
            if (source[position + 1] != 'u')
            {
                position += 2;
                continue;
            }

            if (!TryReadUnit(source, position, out var unit))
            {
                position += 2;
                continue;
            }

            if (char.IsHighSurrogate((char)unit) && TryReadUnit(source, position + 6, out var low) && char.IsLowSurrogate((char)low))
            {
                position += 12;
                continue;
            }

            if (unit == 0 || char.IsSurrogate((char)unit))
            {
                copy ??= body.ToArray();
                "\\ufffd"u8.CopyTo(copy.AsSpan(position));
            }

            position += 6;
        }

        return copy ?? body;
    }

    // The code unit of the escape \uXXXX that begins at the position.
    private static bool TryReadUnit(ReadOnlySpan<byte> source, int position, out int unit)
    {
        unit = 0;
        if (position + 6 > source.Length || source[position] != '\\' || source[position + 1] != 'u') return false;
        for (var i = position + 2; i < position + 6; i++)
        {
            var digit = source[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => source[i] - '0',
                >= (byte)'a' and <= (byte)'f' => source[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => source[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0) return false;
            unit = (unit << 4) | digit;
        }

        return true;
    }
}
