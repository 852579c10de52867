namespace Waqtor.SmartBot.Tests;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("Where is my order please", "en")]
    [InlineData("bonjour, où est ma commande", "fr")]
    [InlineData("أين طلبي من فضلك", "ar")]
    [InlineData("ابغى أعرف وين الـ order حقي tracking number", "mixed")]
    [InlineData("Где мой заказ", "ru")]
    [InlineData("मेरा ऑर्डर कहाँ है", "hi")]
    [InlineData("میرا آرڈر کہاں ہے", "ur")]
    [InlineData("سفارش من کجاست، چرا پیام نمی‌دهید", "fa")]
    [InlineData("订单在哪里", "zh")]
    [InlineData("12345 !!", "und")]
    [InlineData("👍", "und")]
    public void Language_IsTold(string text, string language) => LanguageDetector.Detect(text).Language.ShouldBe(language);

    [Theory]
    [InlineData("ana 3ayez a3raf fein el order")]
    [InlineData("shlonak, abi a3ref wain talabi")]
    [InlineData("kifach ndir bach n7bes l commande dyali")]
    public void Arabizi_IsToldAsArabic(string text)
    {
        var detected = LanguageDetector.Detect(text);
        (detected.Language, detected.IsArabizi).ShouldBe(("ar", true));
    }

    [Theory]
    [InlineData("عايز اعرف الاوردر فين دلوقتي", "egyptian")]
    [InlineData("وش السالفة ابغى الطلب الحين", "gulf")]
    [InlineData("شو هاد بدي ياه هلق كتير منيح", "levantine")]
    [InlineData("واش كاين شي توصيل دابا بزاف", "maghrebi")]
    [InlineData("لماذا لم يصل الطلب الذي أرسلته", "msa")]
    public void Dialect_WithMarkerWords_IsTold(string text, string dialect) => LanguageDetector.Detect(text).Dialect.ShouldBe(dialect);

    [Fact]
    public void Dialect_WithoutMarkerWords_IsNotGuessed() => LanguageDetector.Detect("بطاقة جديدة").Dialect.ShouldBeNull();
}
