using Waqtor.Api.Messages;
using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>A reply with buttons, or with a list, as clients write and read it.</summary>
/// <param name="Text">1 to 1,024 characters; a template.</param>
/// <param name="Header">At most 60 characters.</param>
/// <param name="Footer">At most 60 characters.</param>
/// <param name="Buttons">1 to 3; or else a list. An id that is a rule's leads to that rule.</param>
/// <param name="Button">With a list: what opens it, 1 to 20 characters.</param>
/// <param name="Sections">With a list: 1 to 10, with at most 10 rows in all.</param>
public sealed record InteractiveForm(
    string? Text, string? Header, string? Footer, IReadOnlyList<ButtonRequest>? Buttons, string? Button, IReadOnlyList<SectionRequest>? Sections)
{
    internal InteractiveReply ToReply() => new(Text ?? "", Sections is null
        ? OfferForm.Buttons(Buttons, Header, Footer)
        : OfferForm.List(Button, Sections, Header, Footer));

    internal static InteractiveForm? For(InteractiveReply? reply) => reply is null ? null : For(reply.Text, reply.Offer);

    internal static InteractiveForm For(string text, Offer offer) => new(
        text, offer.Header, offer.Footer,
        offer.List is null ? [.. offer.Buttons.Select(button => new ButtonRequest(button.Id, button.Title))] : null,
        offer.List?.Button,
        offer.List is null ? null : [.. offer.List.Sections.Select(section => new SectionRequest(
            section.Title, [.. section.Rows.Select(row => new RowRequest(row.Id, row.Title, row.Description))]))]);
}
