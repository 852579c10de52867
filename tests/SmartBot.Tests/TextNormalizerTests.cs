namespace Waqtor.SmartBot.Tests;

public sealed class TextNormalizerTests
{
    [Theory]
    [InlineData("Hello,  WORLD!", "hello world")]
    [InlineData("مُحَمَّدٌ", "محمد")]
    [InlineData("الـــسلام", "السلام")]
    [InlineData("أإآٱ", "اا")]
    [InlineData("مدرسة على شيء", "مدرسه علي شي")]
    [InlineData("٠١٢٣٤٥٦٧٨٩ ۴۵۶", "0123456789 456")]
    [InlineData("کتاب گ پ چ", "كتاب ك ب ج")]
    [InlineData("heeeeello", "heello")]
    [InlineData("1000000", "1000000")]
    [InlineData("don't won’t", "dont wont")]
    [InlineData("café Où", "cafe ou")]
    [InlineData("ＳＴＯＰ １２", "stop 12")]
    [InlineData("𝐬𝐭𝐨𝐩 ⓢⓣⓞⓟ", "stop stop")]
    [InlineData("ﻣﺮﺣﺒﺎ ﻻ", "مرحبا لا")]
    [InlineData("s\u200Bt\u200Do\u2060p", "stop")]
    [InlineData("الcard وvisa", "ال card و visa")]
    [InlineData("100ريال", "100 ريال")]
    [InlineData("3ayez", "3ayez")]
    [InlineData("ok👍🏽👍", "ok 👍 👍")]
    [InlineData("\u202Eabc", "abc")]
    [InlineData("؟!.,", "")]
    public void Normalize_GivesOneForm(string text, string expected) => TextNormalizer.Normalize(text).ShouldBe(expected);
}
