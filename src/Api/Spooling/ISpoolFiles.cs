namespace Waqtor.Api.Spooling;

/// <summary>The folder of the spool. An interface, so that tests can see the order of writes and syncs, and let them fail.</summary>
internal interface ISpoolFiles
{
    /// <summary>Names in the order of their making.</summary>
    IReadOnlyList<string> List();

    byte[] Read(string name);

    byte[] Read(string name, long offset, int count);

    /// <summary>A new, empty file whose name survives a power cut.</summary>
    ISpoolFile Create(string name);

    /// <summary>Cuts a file and syncs it.</summary>
    void Truncate(string name, long length);

    void Delete(string name);
}
