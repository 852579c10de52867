namespace Waqtor.Archive;

/// <summary>The health check's one row.</summary>
internal static class ProbeSql
{
    public const string Write =
        "INSERT INTO archive_probe (id, mark) VALUES (1, @mark) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark";

    public const string Read = "SELECT mark FROM archive_probe WHERE id = 1";
}
