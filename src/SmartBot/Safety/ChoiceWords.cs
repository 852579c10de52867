using System.Collections.Frozen;

namespace Waqtor.SmartBot;

/// <summary>
/// Whole messages by which a customer opts out, in, or asks for help: the words that messaging vendors honour by default, and their Arabic ones.
/// </summary>
internal static class ChoiceWords
{
    public static FrozenSet<string> OptOut { get; } = Set(
        "stop", "stop all", "stopall", "unsubscribe", "unsubscribe me", "cancel", "end", "quit", "revoke", "opt out", "optout", "opt me out", "remove", "remove me",
        "stop messages", "stop messaging me", "no more messages", "stop please", "please stop", "arret", "arreter", "desabonner", "stop sending",
        "إلغاء", "الغاء الاشتراك", "الغي الاشتراك", "الغوا الاشتراك", "الغ الاشتراك", "إيقاف", "ايقاف الرسائل", "ايقاف الاشتراك", "أوقف", "اوقف الرسائل", "أوقفوا الرسائل",
        "توقف", "وقف", "وقف الرسائل", "وقفوا الرسائل", "بطل", "بطلوا", "بطلوا رسائل", "ستوب", "لا ترسلوا لي", "لا ترسل لي", "لا ترسلون لي", "لا ترسلوا", "لا ترسل",
        "ما تبعتوليش", "متبعتوليش", "متبعتليش", "ما تبعتولي", "لا تبعتولي", "بدون رسائل", "حذف رقمي", "احذفوا رقمي", "شيلوا رقمي", "الغاء الرسائل", "حبس", "وقفو الميساجات");

    public static FrozenSet<string> OptIn { get; } = Set(
        "start", "unstop", "subscribe", "opt in", "optin", "resume", "اشتراك", "اشترك", "تفعيل", "تفعيل الاشتراك", "استئناف", "ابدأ", "رجعوا الرسائل", "اعادة الاشتراك");

    public static FrozenSet<string> Help { get; } = Set("help", "info", "مساعدة", "مساعده", "معلومات");

    private static FrozenSet<string> Set(params string[] messages) => messages.Select(TextNormalizer.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
