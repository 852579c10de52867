namespace Waqtor.ProcessKit;

/// <summary>Finds the repository this was built in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Orleans.sln above {AppContext.BaseDirectory}");
    }
}
