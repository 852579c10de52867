namespace Waqtor.SmartBot;

/// <summary>What the confidence in the first rule is judged by.</summary>
/// <param name="Score">The first rule's score.</param>
/// <param name="Lead">Its lead over the second.</param>
/// <param name="Cosine">Its centre's cosine with the text.</param>
/// <param name="Nearest">Similarity of its nearest phrase.</param>
/// <param name="Rival">Similarity of the nearest phrase of the next rules, less <paramref name="Nearest"/>.</param>
internal readonly record struct Evidence(float Score, float Lead, float Cosine, float Nearest, float Rival)
{
    public const int Parts = 5;

    public void CopyTo(Span<double> parts) => (parts[0], parts[1], parts[2], parts[3], parts[4]) = (Score, Lead, Cosine, Nearest, Rival);
}
