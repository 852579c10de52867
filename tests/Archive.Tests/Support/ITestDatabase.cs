using System.Data.Common;

namespace Waqtor.Archive.Tests;

/// <summary>An empty database of one kind for one test.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    /// <summary>Makes it. Answers the settings of the archive that uses it.</summary>
    Task<Dictionary<string, string?>> CreateAsync();

    /// <summary>A connection beside the archive's own.</summary>
    Task<DbConnection> ConnectAsync();
}
