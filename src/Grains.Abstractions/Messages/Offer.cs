using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>
/// What a message of ours lets the customer choose from: buttons, or a list of rows. The text it stands under is the
/// message's text. Limits: <see cref="OfferLimits"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("waqtor.offer")]
public sealed record Offer
{
    /// <summary>A line above the text; none by default.</summary>
    [Id(0)] public string? Header { get; init; }
    /// <summary>A small line below the text; none by default.</summary>
    [Id(1)] public string? Footer { get; init; }
    /// <summary>1 to 3 of them, or none where there is a list.</summary>
    [Id(2)] public ImmutableArray<OfferButton> Buttons { get; init; } = [];
    /// <summary>Set instead of buttons.</summary>
    [Id(3)] public OfferList? List { get; init; }

    /// <summary>The option with this id, as a row; null: there is none.</summary>
    public OfferRow? Find(string id)
    {
        foreach (var button in Buttons)
        {
            if (button.Id == id) return new OfferRow(button.Id, button.Title);
        }

        if (List is null) return null;
        foreach (var section in List.Sections)
        {
            foreach (var row in section.Rows)
            {
                if (row.Id == id) return row;
            }
        }

        return null;
    }
}
