namespace Waqtor.SmartBot.Tests;

/// <summary>The rules of a small shop that writes Arabic and English, and messages that its customers might send.</summary>
internal static class Shop
{
    public static IReadOnlyList<RuleDefinition> Rules { get; } =
    [
        Rule("hours", ["When do you open?", "What are your working hours", "Are you open on Friday", "until what time are you open", "متى تفتحون", "كم ساعات الدوام عندكم", "هل تفتحون يوم الجمعة", "بتقفلوا الساعة كام"]),
        Rule("location", ["Where is your shop", "What is your address", "send me the location please", "how do I get to your branch", "وين موقعكم", "فين عنوان المحل", "ارسل لي اللوكيشن", "اقرب فرع لكم وين"]),
        Rule("track", ["Where is my order", "I want to track my package", "my order has not arrived yet", "when will my parcel be delivered", "وين طلبي", "الطلب ما وصل الى الان", "ابي اتتبع الشحنة", "الاوردر بتاعي اتاخر ليه"]),
        Rule("refund", ["I want my money back", "How do I get a refund", "return this item and refund me", "when do I receive my refund", "ابي استرجع فلوسي", "كيف ارجع المنتج", "عايز ارجع الحاجة واخد فلوسي", "متى يرجع المبلغ لحسابي"]),
        Rule("cancel", ["Cancel my order", "I changed my mind, please cancel the order", "how can I cancel what I ordered", "stop my order before it ships", "الغي طلبي", "ابغى الغي الاوردر", "ممكن الغاء الطلب قبل الشحن", "كيف الغي الطلبية"]),
        Rule("price", ["How much is this", "what is the price of the blue dress", "price please", "how much does it cost", "بكم هذا", "كم سعر الفستان", "بكام الحاجة دي", "قديش حقها"]),
        Rule("payment", ["Which payment methods do you accept", "can I pay by card", "do you take cash on delivery", "is apple pay accepted", "كيف ادفع", "هل الدفع عند الاستلام متوفر", "تقبلون بطاقة مدى", "ينفع ادفع فيزا"]),
        Rule("delivery", ["Do you deliver to Jeddah", "how long does delivery take", "what are the shipping fees", "do you ship abroad", "توصلون للرياض", "كم رسوم التوصيل", "التوصيل ياخذ كم يوم", "بتوصلوا اسكندرية"]),
        Rule("sizes", ["Do you have size large", "which sizes are available", "is there a size chart", "I need a bigger size", "عندكم مقاس لارج", "ايش المقاسات المتوفرة", "في مقاس اكبر", "جدول القياسات لو سمحت"]),
        Rule("agent", ["I want to talk to a person", "connect me to customer service", "let me speak to an employee", "can a human answer me", "ابي اكلم موظف", "حولني لخدمة العملاء", "عايز اكلم حد من عندكم", "اريد التحدث مع شخص"]),
    ];

    public static IReadOnlyList<(string Text, string Rule)> Messages { get; } =
    [
        ("what time do you close today", "hours"), ("متى تقفلون اليوم", "hours"), ("where are you located", "location"), ("ابغى عنوانكم", "location"), ("فينكم بالضبط", "location"),
        ("my package still did not arrive", "track"), ("طلبيتي لسه ما وصلت", "track"), ("وين صارت شحنتي", "track"), ("I would like a refund please", "refund"), ("رجعوا لي فلوسي", "refund"),
        ("please cancel order 1234", "cancel"), ("عايز الغي الاوردر", "cancel"), ("how much for the shoes", "price"), ("كم سعره", "price"), ("can I pay with visa", "payment"),
        ("اقدر ادفع كاش عند الاستلام", "payment"), ("do you deliver to Dammam", "delivery"), ("بكم التوصيل للدمام", "delivery"), ("do you have it in medium size", "sizes"), ("في مقاس صغير", "sizes"),
        ("I need to speak with someone", "agent"), ("كلموني موظف لو سمحتم", "agent"),
    ];

    public static SmartBotModel Train(IEnumerable<RuleDefinition>? rules = null, TrainingOptions? options = null) =>
        SmartBotModel.Train([.. rules ?? Rules], ConceptLexicon.Default, options ?? TrainingOptions.Default);

    public static RuleDefinition Rule(string id, IReadOnlyList<string> phrases, IReadOnlyList<string>? negatives = null, int priority = 0) =>
        new(id, "Rule " + id, phrases, negatives ?? [], null, priority);
}
