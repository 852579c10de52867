namespace Waqtor.Messages;

/// <summary>
/// What the platform takes as an <see cref="Offer"/>; lengths are UTF-16 units. Checked before anything is stored, so
/// that no message waits in a queue only to be refused. Source: Meta, interactive reply buttons and list messages.
/// </summary>
public static class OfferLimits
{
    public const int TextCharactersMax = 1_024;
    public const int HeaderCharactersMax = 60;
    public const int FooterCharactersMax = 60;
    public const int ButtonsMax = 3;
    public const int ButtonIdCharactersMax = 256;
    public const int ButtonTitleCharactersMax = 20;
    public const int ListButtonCharactersMax = 20;
    public const int SectionsMax = 10;
    public const int SectionTitleCharactersMax = 24;
    public const int RowsMax = 10;
    public const int RowIdCharactersMax = 200;
    public const int RowTitleCharactersMax = 24;
    public const int RowDescriptionCharactersMax = 72;

    /// <summary>What is wrong, as field and sentence; empty: nothing.</summary>
    public static IEnumerable<(string Field, string Error)> Check(string? text, Offer offer)
    {
        if (!Fits(text, 1, TextCharactersMax)) yield return ("text", $"1 to {TextCharactersMax} characters.");
        if (!Fits(offer.Header ?? "", 0, HeaderCharactersMax)) yield return ("header", $"At most {HeaderCharactersMax} characters.");
        if (!Fits(offer.Footer ?? "", 0, FooterCharactersMax)) yield return ("footer", $"At most {FooterCharactersMax} characters.");
        var problems = offer.List is { } list ? CheckList(list) : CheckButtons(offer);
        foreach (var problem in problems) yield return problem;
    }

    private static IEnumerable<(string Field, string Error)> CheckButtons(Offer offer)
    {
        if (offer.Buttons.IsDefaultOrEmpty || offer.Buttons.Length > ButtonsMax)
        {
            yield return ("buttons", $"1 to {ButtonsMax} buttons.");
            yield break;
        }

        for (var i = 0; i < offer.Buttons.Length; i++)
        {
            var button = offer.Buttons[i];
            if (!Fits(button.Id, 1, ButtonIdCharactersMax)) yield return ($"buttons[{i}].id", $"1 to {ButtonIdCharactersMax} characters.");
            if (!Fits(button.Title, 1, ButtonTitleCharactersMax)) yield return ($"buttons[{i}].title", $"1 to {ButtonTitleCharactersMax} characters.");
        }

        if (HasTwins(offer.Buttons.Select(button => button.Id))) yield return ("buttons", "Each button needs an id of its own.");
        if (HasTwins(offer.Buttons.Select(button => button.Title))) yield return ("buttons", "Each button needs a title of its own.");
    }

    private static IEnumerable<(string Field, string Error)> CheckList(OfferList list)
    {
        if (!Fits(list.Button, 1, ListButtonCharactersMax)) yield return ("button", $"1 to {ListButtonCharactersMax} characters.");
        if (list.Sections.IsDefaultOrEmpty || list.Sections.Length > SectionsMax)
        {
            yield return ("sections", $"1 to {SectionsMax} sections.");
            yield break;
        }

        var rows = list.Sections.SelectMany(section => section.Rows).ToArray();
        if (rows.Length is 0 or > RowsMax) yield return ("sections", $"1 to {RowsMax} rows in all.");
        if (HasTwins(rows.Select(row => row.Id))) yield return ("sections", "Each row needs an id of its own.");
        for (var i = 0; i < list.Sections.Length; i++)
        {
            var section = list.Sections[i];
            var least = list.Sections.Length > 1 ? 1 : 0;
            if (!Fits(section.Title ?? "", least, SectionTitleCharactersMax))
                yield return ($"sections[{i}].title", $"{least} to {SectionTitleCharactersMax} characters.");
            if (section.Rows.IsEmpty) yield return ($"sections[{i}].rows", "A section needs a row.");
            for (var j = 0; j < section.Rows.Length; j++)
            {
                var row = section.Rows[j];
                var field = $"sections[{i}].rows[{j}]";
                if (!Fits(row.Id, 1, RowIdCharactersMax)) yield return ($"{field}.id", $"1 to {RowIdCharactersMax} characters.");
                if (!Fits(row.Title, 1, RowTitleCharactersMax)) yield return ($"{field}.title", $"1 to {RowTitleCharactersMax} characters.");
                if (!Fits(row.Description ?? "", 0, RowDescriptionCharactersMax))
                    yield return ($"{field}.description", $"At most {RowDescriptionCharactersMax} characters.");
            }
        }
    }

    private static bool Fits(string? text, int least, int most) => text is not null && text.Length >= least && text.Length <= most
        && (least == 0 || !string.IsNullOrWhiteSpace(text));

    private static bool HasTwins(IEnumerable<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return texts.Any(text => !seen.Add(text));
    }
}
