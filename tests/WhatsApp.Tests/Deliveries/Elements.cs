namespace Waqtor.WhatsApp.Tests;

internal static class Elements
{
    public static int CountOfKinds(DeliveryElement element) =>
        ((object?[])[element.Message, element.Status, element.Session, element.Notice, element.Problem, element.Ignored]).Count(kind => kind is not null);
}
