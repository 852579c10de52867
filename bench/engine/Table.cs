namespace EngineBench;

internal static class Table
{
    public static void Row(string what, double value, string unit) =>
        Console.WriteLine($"| {what,-52} | {$"{value:N0} {unit}",18} |");
}
