using System.Runtime.InteropServices;
using SQLitePCL;

namespace Waqtor.Archive;

/// <summary>
/// Has SQLite come from the operating system's own libsqlite3, which its security updates reach; the bundled native
/// library of the version that can be restored is old and is not shipped.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, assembly, path) =>
                name == "e_sqlite3" ? Find(assembly, path) : IntPtr.Zero);
        }
        catch (InvalidOperationException)
        {
            // An assembly takes one resolver, and the embedded engine, when it is in this process, has set the same one.
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static IntPtr Find(System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        foreach (var name in (ReadOnlySpan<string>)["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3", "sqlite3"])
        {
            if (NativeLibrary.TryLoad(name, assembly, path, out var handle)) return handle;
        }

        throw new DllNotFoundException(
            "SQLite is missing: install the system's libsqlite3 (Debian and Ubuntu: apt-get install libsqlite3-0).");
    }
}
