using Npgsql;

namespace Waqtor.Archive;

/// <summary>The connection string of an operator, with our own defaults for what it does not name.</summary>
internal static class PostgresConnection
{
    // Npgsql's own default, 100, is all that a PostgreSQL has by default: one node could leave nothing for the others. So
    // three nodes and the fourth of a roll have room.
    private const string Defaults = "Maximum Pool Size=20;";

    /// <exception cref="ArgumentException">It cannot be read or names no host.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        // Of a setting that is there twice the last one counts.
        var connection = new NpgsqlConnectionStringBuilder(Defaults + text);
        if (string.IsNullOrWhiteSpace(connection.Host)) throw new ArgumentException("It names no host.", nameof(text));
        // The few statements of the writer and the lists are prepared once per connection, unless the user decided otherwise.
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = 64;
            connection.AutoPrepareMinUsages = 2;
        }

        connection.ApplicationName ??= "waqtor";
        return connection;
    }
}
