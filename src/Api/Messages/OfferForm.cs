using System.Globalization;
using Waqtor.Messages;

namespace Waqtor.Api.Messages;

/// <summary>Turns what a client wrote of buttons and lists into an <see cref="Offer"/>; <see cref="OfferLimits"/> then judges it.</summary>
internal static class OfferForm
{
    public static Offer Buttons(IReadOnlyList<ButtonRequest>? buttons, string? header, string? footer) => new()
    {
        Header = header,
        Footer = footer,
        Buttons = [.. (buttons ?? []).OfType<ButtonRequest>().Select((button, i) => new OfferButton(button.Id ?? Number(i), button.Title ?? ""))],
    };

    public static Offer List(string? button, IReadOnlyList<SectionRequest>? sections, string? header, string? footer)
    {
        var row = 0;
        return new Offer
        {
            Header = header,
            Footer = footer,
            List = new OfferList(button ?? "", [.. (sections ?? []).OfType<SectionRequest>().Select(section => new OfferSection(
                section.Title,
                [.. (section.Rows ?? []).OfType<RowRequest>().Select(one => new OfferRow(one.Id ?? Number(row++), one.Title ?? "", one.Description))]))]),
        };
    }

    private static string Number(int position) => (position + 1).ToString(CultureInfo.InvariantCulture);
}
