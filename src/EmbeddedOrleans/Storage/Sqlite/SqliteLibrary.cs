using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>
/// Binds to the SQLite of the operating system; none is shipped, because the one that could be is old.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
            : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<string> Version = new(Bind);

    /// <summary>
    /// Loads the library once and returns its version; the message says what to install when there is none.
    /// </summary>
    public static string Load() => Version.Value;

    private static string Bind()
    {
        if (!Names.Any(name => NativeLibrary.TryLoad(name, out _)))
        {
            throw new DllNotFoundException(
                $"SQLite was not found on this machine (looked for {string.Join(", ", Names)}). "
                + "Install it: 'apt-get install libsqlite3-0' on Debian and Ubuntu, 'apk add sqlite-libs' on Alpine, "
                + "'dnf install sqlite-libs' on Fedora; macOS and Windows bring it along.");
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Another part of the program has bound the provider already; there can be only one resolver.
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != "e_sqlite3") return 0;

        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }

        return 0;
    }
}
