namespace Waqtor.Archive;

/// <summary>One numbered step of the schema. Steps are never changed once released, only followed by others.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>Every step this program knows, in order: the files <c>Schema/NNNN-name.sql</c>.</summary>
    public static IReadOnlyList<Migration> All { get; } = Read();

    public static int Latest => All[^1].Version;

    private static List<Migration> Read()
    {
        const string Marker = ".Schema.";
        var assembly = typeof(Migration).Assembly;
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var file = resource[(resource.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..];
            migrations.Add(new Migration(
                int.Parse(file[..4], System.Globalization.CultureInfo.InvariantCulture), file[5..^4], reader.ReadToEnd()));
        }

        migrations.Sort((a, b) => a.Version.CompareTo(b.Version));
        return migrations;
    }
}
