namespace Waqtor.SmartBot;

/// <summary>Which script a letter belongs to, by Unicode block.</summary>
internal static class Script
{
    public static bool IsArabic(int value) =>
        value is >= 0x0600 and <= 0x06FF or >= 0x0750 and <= 0x077F or >= 0x08A0 and <= 0x08FF or >= 0xFB50 and <= 0xFDFF or >= 0xFE70 and <= 0xFEFE;

    public static bool IsLatin(int value) =>
        value is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= 0x00C0 and <= 0x024F and not 0x00D7 and not 0x00F7 or >= 0x1E00 and <= 0x1EFF;
}
